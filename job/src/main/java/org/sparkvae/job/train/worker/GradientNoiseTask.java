package org.sparkvae.job.train.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.kinds.Names;
import org.sparkvae.noise.Noise;
import org.sparkvae.objective.GradientNoise;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The noise of every estimator's gradient on the first minibatch of the first shard, over the same
 * draws.
 *
 * @param spec of the model, the bound and the minibatch
 * @param epoch keys binarisation and noise
 * @param settings of a step
 * @param draws of the noise, two at least
 * @param parameters the model's, and what its own estimator keeps
 */
public record GradientNoiseTask(
    WorkerSpec spec, long epoch, StepSettings settings, int draws, Broadcast<float[]> parameters)
    implements Function2<Integer, Iterator<ImageBlock>, Iterator<GradientNoiseTask.Result>> {
  /**
   * Of one estimator and one part.
   *
   * @param estimator as the settings name it
   * @param part in small letters
   * @param measured of it
   */
  public record Result(String estimator, String part, GradientNoise.Measured measured)
      implements java.io.Serializable {}

  @Override
  public Iterator<Result> call(Integer shard, Iterator<ImageBlock> partition) {
    if (shard != 0) {
      return Collections.emptyIterator();
    }
    ComputeNode.bind();
    ShardImages images = ShardImages.of(partition);
    int count = Math.min(spec.batch(), images.size());
    INDArray values = Nd4j.create(DataType.FLOAT, 1, parameters.value().length);
    Kernels.of(values).copyIn(parameters.value(), values);
    MinibatchImages minibatch =
        new MinibatchImages(
            spec.model().x().values(),
            spec.binariser(),
            spec.seed(),
            Noise.Purpose.GRADIENT_NOISE,
            Kernels.of(values));
    minibatch.take(images, IntStream.range(0, count).toArray(), 0, count, epoch);
    List<Result> results = new ArrayList<>();
    Bound bound = spec.objective().bound();
    Estimator own = spec.objective().estimator();
    INDArray ofModel = FlatVector.part(values, 0, spec.model().parameters());
    for (Estimator estimator : ObjectiveLimits.estimators(spec.model().model(), bound, own)) {
      INDArray vector = estimator.equals(own) ? values : ofModel;
      GradientNoise noise = new GradientNoise(spec.model(), bound, estimator, count, vector);
      for (int draw = 0; draw < draws; draw++) {
        minibatch.fill(noise.player(), draw);
        noise.draw(settings);
      }
      for (GradientNoise.Part part : noise.parts()) {
        results.add(
            new Result(
                Names.of(estimator.getClass()),
                part.name().toLowerCase(Locale.ROOT),
                noise.of(part)));
      }
    }
    return results.iterator();
  }
}
