package org.sparkvae.job.evaluate;

/** The model cannot be evaluated: one line that says what, which image, and what to do. */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the whole one-line message. */
  public EvaluationException(String message) {
    super(message);
  }
}
