package org.sparkvae.job.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;

/** The run directory's store does not take a file; what was there before is untouched. */
public final class UnwritableException extends UncheckedIOException {
  public UnwritableException(Path target, IOException cause) {
    super(
        "%s cannot be written: %s; mend that and run the same command again, which goes on from there"
            .formatted(target, reason(cause)),
        cause);
  }

  /** The exception to throw for a failure: one of this kind where a store is at its root. */
  static RuntimeException of(Path target, Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof IOException cause) {
      return new UnwritableException(target, cause);
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow();
  }
}
