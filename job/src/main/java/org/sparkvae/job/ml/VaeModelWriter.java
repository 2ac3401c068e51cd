package org.sparkvae.job.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/**
 * Saves a model: its own files, then Spark's metadata, without which nothing is read. What fails
 * takes its directory away again.
 */
final class VaeModelWriter extends MLWriter {
  private final VaeModel model;

  VaeModelWriter(VaeModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    Path directory = new Path(path);
    try {
      FileSystem fileSystem = directory.getFileSystem(sc().hadoopConfiguration());
      try {
        model.fitted().write(fileSystem, directory);
        DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      } catch (Exception e) { // Spark throws its checked exceptions undeclared.
        takeAway(fileSystem, directory, e);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the model cannot be saved in %s (%s): check the path and its permissions"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private static void takeAway(FileSystem fileSystem, Path directory, Exception failure) {
    try {
      fileSystem.delete(directory, true);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
