package org.sparkvae.job.data.faults;

import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** Tells failures to read a store or a table from failures of the job. */
public final class ReadFailure {
  private ReadFailure() {}

  /** Whether a file could not be read, rather than a job that reads it not be run. */
  public static boolean is(Throwable failure) {
    return ExceptionUtils.getThrowableList(failure).stream()
        .anyMatch(t -> t instanceof IOException || isThrownByParquet(t));
  }

  /**
   * The exception to throw: a DataException where data could not be read, a LocalDiskException
   * where what was read could not be kept, else the same.
   */
  public static RuntimeException of(String path, Exception failure) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      root = t;
      if (t instanceof DataException data) {
        return data;
      }
    }
    if (LocalDiskException.isFullDisk(failure)) {
      return LocalDiskException.of(failure);
    }
    if (is(failure)) {
      return new DataException(
          path + ": cannot be read: " + firstLine(root) + "; mend the data or its store", failure);
    }
    // Spark throws its checked exceptions undeclared.
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  /** The first line of a failure's message, or the failure's class where it has none. */
  public static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow();
  }

  private static boolean isThrownByParquet(Throwable failure) {
    return failure instanceof Exception
        && Arrays.stream(failure.getStackTrace())
            .limit(3)
            .anyMatch(frame -> frame.getClassName().startsWith("org.apache.parquet."));
  }
}
