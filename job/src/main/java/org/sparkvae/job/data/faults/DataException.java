package org.sparkvae.job.data.faults;

/** The input data is wrong: one line that says what, where (path, image id) and what to do. */
public final class DataException extends RuntimeException {
  /** With the whole one-line message. */
  public DataException(String message) {
    super(message);
  }

  /** With the whole one-line message and what led to it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
