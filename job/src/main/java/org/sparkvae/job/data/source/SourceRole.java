package org.sparkvae.job.data.source;

import java.util.Locale;

/** What the images of a source are for; those held out count with the training source's. */
public enum SourceRole {
  /** To train on. */
  TRAINING,

  /** To watch training by. */
  VALIDATION,

  /** To evaluate on. */
  TEST;

  /** The block of settings of the source. */
  public String block() {
    return this == TRAINING ? "data.train" : "data." + this;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
