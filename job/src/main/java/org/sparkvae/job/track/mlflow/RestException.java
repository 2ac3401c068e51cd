package org.sparkvae.job.track.mlflow;

import java.io.IOException;

/** A server refuses what it is asked. */
final class RestException extends IOException {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * An answer that is none.
   *
   * @param code MLflow's word for it, "" where the answer has none
   */
  RestException(String message, String code) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }
}
