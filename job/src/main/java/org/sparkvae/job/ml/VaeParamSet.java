package org.sparkvae.job.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/**
 * The Params of estimator and model, with their defaults: those of the job's settings, but for
 * {@code samples}. Each owner makes its own, once it has a uid.
 */
final class VaeParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  static final int SAMPLES = 500;

  final Param<String> featuresCol;
  final Param<String> inputScale;
  final Param<String> latentCol;
  final Param<String> logLikelihoodCol;
  final Param<String> standardErrorCol;
  final Param<String> reliableCol;
  final Param<String> reconstructionCol;
  final IntParam samples;

  final Param<String> idCol;
  final IntParam imageWidth;
  final IntParam imageHeight;
  final IntParam imageChannels;
  final Param<String> binarisation;
  final IntParam latentDim;
  final IntArrayParam hidden;
  final IntParam epochs;
  final IntParam batchSize;
  final DoubleParam learningRate;
  final IntParam shards;
  final LongParam seed;
  final Param<String> settings;
  final Param<String> checkpointDirectory;

  private final Params owner;

  VaeParamSet(Params owner) {
    this.owner = owner;
    featuresCol =
        text("featuresCol", "column of images: image structs, vectors or arrays", "features");
    inputScale =
        choice(
            "inputScale",
            "range of the numbers in featuresCol: 0..255, 0..1 or -1..1",
            List.of("0..255", "0..1", "-1..1"));
    latentCol = text("latentCol", "column of posterior means, vectors; \"\" for none", "latent");
    logLikelihoodCol =
        text(
            "logLikelihoodCol",
            "column of estimates of log p(x), nats, each a lower bound in expectation; \"\" for none",
            "logLikelihood");
    standardErrorCol =
        text(
            "standardErrorCol",
            "column of the estimates' standard errors, nats; \"\" for none",
            "standardError");
    reliableCol =
        text(
            "reliableCol",
            "column that says whether estimate and error can be trusted; \"\" for none",
            "reliable");
    reconstructionCol =
        text(
            "reconstructionCol",
            "column of mean images of the latent means, vectors on inputScale; \"\" for none",
            "");
    samples =
        whole(
            "samples", "importance samples of log p(x) of an image; 0 for no log p(x)", 0, SAMPLES);
    idCol =
        text(
            "idCol", "column of unique ids by which images are ordered; \"\" for as they come", "");
    imageWidth = whole("imageWidth", "pixels in a row of flat arrays; 0 for one row of all", 0, 0);
    imageHeight = whole("imageHeight", "rows of pixels of flat arrays; 0 for one row", 0, 0);
    imageChannels =
        new IntParam(
            owner,
            "imageChannels",
            "values of a pixel of arrays, innermost: 1 or 3",
            ParamValidators.inArray(List.of((Object) 1, 3)));
    owner.setDefault(imageChannels, 1);
    binarisation =
        choice(
            "binarisation",
            "how intensities become what the model sees: dynamic, static, threshold or none",
            List.of("dynamic", "static", "threshold", "none"));
    latentDim = whole("latentDim", "dimensions of the latent code", 1, 50);
    hidden =
        new IntArrayParam(
            owner,
            "hidden",
            "widths of the encoder's hidden layers, from the image on; the decoder's in reverse",
            (Function1<int[], Object> & Serializable) VaeParamSet::arePositive);
    owner.setDefault(hidden, new int[] {200, 200});
    epochs = whole("epochs", "passes over the training images", 1, 20);
    batchSize = whole("batchSize", "images in a minibatch of each shard", 1, 100);
    learningRate =
        new DoubleParam(
            owner,
            "learningRate",
            "step size, for the mean objective of an image",
            ParamValidators.gt(0));
    owner.setDefault(learningRate, 1e-3);
    shards = whole("shards", "shards that train in parallel; 0 for one for each task slot", 0, 0);
    seed = new LongParam(owner, "seed", "seed of all randomness");
    owner.setDefault(seed, 1L);
    settings =
        text("settings", "more settings of the job, HOCON, such as model.prior = vampprior", "");
    checkpointDirectory =
        text(
            "checkpointDirectory",
            "run directory that fit resumes and leaves, any Hadoop URI; \"\" for none",
            "");
  }

  private Param<String> text(String name, String doc, String otherwise) {
    Param<String> param = new Param<>(owner, name, doc);
    owner.setDefault(param, otherwise);
    return param;
  }

  /** One of some values, the first by default. */
  private Param<String> choice(String name, String doc, List<String> values) {
    Param<String> param = new Param<>(owner, name, doc, ParamValidators.inArray(values));
    owner.setDefault(param, values.get(0));
    return param;
  }

  private IntParam whole(String name, String doc, int least, int otherwise) {
    IntParam param = new IntParam(owner, name, doc, ParamValidators.gtEq(least));
    owner.setDefault(param, otherwise);
    return param;
  }

  private static boolean arePositive(int[] widths) {
    return Arrays.stream(widths).allMatch(width -> width > 0);
  }
}
