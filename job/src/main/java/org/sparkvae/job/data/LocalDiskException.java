package org.sparkvae.job.data;

import java.io.IOException;
import java.util.List;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkEnv;

/** A local disk of an executor fails: one line that says which, why, and what to do. */
public final class LocalDiskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String FULL = "No space left on device";

  private LocalDiskException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The images of a shard were not written. */
  static LocalDiskException writing(String folder, IOException cause) {
    return new LocalDiskException(
        "%s: the images of a shard cannot be written: %s; make room there, or give Spark other local directories (spark.local.dir; on YARN and standalone workers those of the node)"
            .formatted(folder, ReadFailure.firstLine(cause)),
        cause);
  }

  /** The images of a shard were not read. */
  static LocalDiskException reading(String path, IOException cause) {
    return new LocalDiskException(
        "%s: the images of a shard cannot be read: %s; mend the disk, or give Spark other local directories (spark.local.dir; on YARN and standalone workers those of the node)"
            .formatted(path, ReadFailure.firstLine(cause)),
        cause);
  }

  /** The exception to throw for a failure: of this kind where Spark's own files met a full disk. */
  static RuntimeException of(Exception failure) {
    if (isFullDisk(failure)) {
      return new LocalDiskException(
          "a local disk of Spark is full (spark.local.dir is %s; on YARN and standalone workers it is the node's): make room there, or name other directories"
              .formatted(SparkEnv.get().conf().get("spark.local.dir", "/tmp")),
          failure);
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  /** Whether a disk that is written to is full. */
  static boolean isFullDisk(Throwable failure) {
    List<Throwable> links = ExceptionUtils.getThrowableList(failure);
    return links.stream().noneMatch(LocalDiskException.class::isInstance)
        && links.stream().map(Throwable::getMessage).anyMatch(m -> m != null && m.contains(FULL));
  }
}
