package org.sparkvae.job.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.sparkvae.job.compute.NativeLibraries;
import scala.Option;

/** Reads a model that {@link VaeModelWriter} saved. */
final class VaeModelReader extends MLReader<VaeModel> {
  @Override
  public VaeModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), VaeModel.class.getName());
    NativeLibraries.prepare();
    Path directory = new Path(path);
    try {
      FittedVae fitted =
          FittedVae.read(directory.getFileSystem(sc().hadoopConfiguration()), directory);
      VaeModel model = new VaeModel(metadata.uid(), fitted);
      metadata.getAndSetParams(model, Option.empty());
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the model in %s cannot be read (%s): check the path and its permissions"
              .formatted(directory, e.getMessage()),
          e);
    }
  }
}
