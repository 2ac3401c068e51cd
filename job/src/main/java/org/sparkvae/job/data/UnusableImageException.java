package org.sparkvae.job.data;

/** One image cannot be used; the message says why. It never leaves this package. */
final class UnusableImageException extends Exception {
  UnusableImageException(String reason) {
    super(reason);
  }
}
