package org.sparkvae.job.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params that {@code fit} goes by; of a model, those that it was fitted by. */
public interface FitParams extends Params {
  /** The Params of the object. */
  VaeParamSet declared();

  /** The column of unique ids, whole numbers or strings, that images are ordered by. */
  default Param<String> idCol() {
    return declared().idCol;
  }

  default String getIdCol() {
    return getOrDefault(idCol());
  }

  /** Pixels in a row, where arrays are flat. */
  default IntParam imageWidth() {
    return declared().imageWidth;
  }

  default int getImageWidth() {
    return (Integer) getOrDefault(imageWidth());
  }

  /** Rows of pixels, where arrays are flat. */
  default IntParam imageHeight() {
    return declared().imageHeight;
  }

  default int getImageHeight() {
    return (Integer) getOrDefault(imageHeight());
  }

  /** Values of a pixel, innermost, of arrays. */
  default IntParam imageChannels() {
    return declared().imageChannels;
  }

  default int getImageChannels() {
    return (Integer) getOrDefault(imageChannels());
  }

  /** How intensities become what the model sees: dynamic, static, threshold or none. */
  default Param<String> binarisation() {
    return declared().binarisation;
  }

  default String getBinarisation() {
    return getOrDefault(binarisation());
  }

  /** Dimensions of the latent code. */
  default IntParam latentDim() {
    return declared().latentDim;
  }

  default int getLatentDim() {
    return (Integer) getOrDefault(latentDim());
  }

  /** Widths of the encoder's hidden layers, from the image on; the decoder's in reverse. */
  default IntArrayParam hidden() {
    return declared().hidden;
  }

  default int[] getHidden() {
    return getOrDefault(hidden());
  }

  /** Passes over the training images. */
  default IntParam epochs() {
    return declared().epochs;
  }

  default int getEpochs() {
    return (Integer) getOrDefault(epochs());
  }

  /** Images in a minibatch of each shard. */
  default IntParam batchSize() {
    return declared().batchSize;
  }

  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  /** The step size, for the mean objective of an image. */
  default DoubleParam learningRate() {
    return declared().learningRate;
  }

  default double getLearningRate() {
    return (Double) getOrDefault(learningRate());
  }

  /** Shards that train in parallel; 0 for one for each task slot. */
  default IntParam shards() {
    return declared().shards;
  }

  default int getShards() {
    return (Integer) getOrDefault(shards());
  }

  /** The seed of all randomness. */
  default LongParam seed() {
    return declared().seed;
  }

  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /** More settings of the job, in HOCON, laid under the Params that are set. */
  default Param<String> settings() {
    return declared().settings;
  }

  default String getSettings() {
    return getOrDefault(settings());
  }

  /** The run directory that {@code fit} resumes and leaves; empty for none. */
  default Param<String> checkpointDirectory() {
    return declared().checkpointDirectory;
  }

  default String getCheckpointDirectory() {
    return getOrDefault(checkpointDirectory());
  }
}
