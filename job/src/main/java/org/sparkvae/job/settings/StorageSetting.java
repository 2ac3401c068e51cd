package org.sparkvae.job.settings;

/** Where images are to be kept. */
public enum StorageSetting {
  /** In memory where they fit with room to spare, else on local disks. */
  AUTO,
  /** In the executors' heaps. */
  MEMORY,
  /** On the executors' local disks. */
  DISK
}
