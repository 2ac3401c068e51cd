package org.sparkvae.job.evaluate.scoring;

/** A model cannot be evaluated: one line that says what, which image or file, and what to do. */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the whole one-line message. */
  public EvaluationException(String message) {
    super(message);
  }

  /** With the whole one-line message, and what is behind it. */
  public EvaluationException(String message, Exception cause) {
    super(message, cause);
  }
}
