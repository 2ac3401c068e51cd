package org.sparkvae.job.analyse;

/** A model cannot be analysed: one line that says what, of which kind, and what to do. */
public final class AnalysisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the whole one-line message. */
  public AnalysisException(String message) {
    super(message);
  }
}
