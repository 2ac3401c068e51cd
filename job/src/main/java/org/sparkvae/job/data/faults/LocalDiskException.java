package org.sparkvae.job.data.faults;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkEnv;

/** A local disk of an executor fails: one line that says which, why, and what to do. */
public final class LocalDiskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String ELSEWHERE =
      "give Spark other local directories (spark.local.dir; on YARN and standalone workers those of"
          + " the node)";

  private static final String FULL = "No space left on device";

  private LocalDiskException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The images of a shard were not written. */
  public static LocalDiskException writing(String folder, IOException cause) {
    return new LocalDiskException(
        "%s: the images of a shard cannot be written: %s; make room there, or %s"
            .formatted(folder, ReadFailure.firstLine(cause), ELSEWHERE),
        cause);
  }

  /** The images of a shard were not read. */
  public static LocalDiskException reading(String path, IOException cause) {
    return new LocalDiskException(
        "%s: the images of a shard cannot be read: %s; mend the disk, or %s"
            .formatted(path, ReadFailure.firstLine(cause), ELSEWHERE),
        cause);
  }

  /** The exception to throw for a failure: of this kind where Spark's own files met a full disk. */
  public static RuntimeException of(Exception failure) {
    if (isFullDisk(failure)) {
      return new LocalDiskException(
          "%s: a local disk of Spark is full: make room there, or %s"
              .formatted(places(), ELSEWHERE),
          failure);
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  /** The directories of this process, which in local mode are those that tasks write to. */
  private static String places() {
    SparkEnv env = SparkEnv.get();
    return env.conf().get("spark.master", "").startsWith("local[")
        ? Arrays.stream(env.blockManager().diskBlockManager().localDirs())
            .map(File::getParent)
            .collect(Collectors.joining(", "))
        : "an executor";
  }

  /** Whether a disk that is written to is full. */
  static boolean isFullDisk(Throwable failure) {
    List<Throwable> links = ExceptionUtils.getThrowableList(failure);
    return links.stream().noneMatch(LocalDiskException.class::isInstance)
        && links.stream().map(Throwable::getMessage).anyMatch(m -> m != null && m.contains(FULL));
  }
}
