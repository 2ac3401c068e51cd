package org.sparkvae.job.train;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.job.data.Binariser;
import org.sparkvae.job.data.ImageBlock;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * The objective on minibatches of a shard's images, on buffers that are kept for each size of
 * minibatch.
 *
 * <p>The numbers drawn for an image depend on its id, not on its shard or minibatch.
 */
final class Objectives {
  private final ImageModel model;
  private final ObjectiveSpec objective;
  private final Binariser binariser;
  private final long seed;
  private final INDArray parameters;
  private final INDArray gradient;
  private final Map<Integer, Minibatch> bySize = new HashMap<>();

  /**
   * On given arrays.
   *
   * @param gradient null for values only
   */
  Objectives(
      ImageModel model,
      ObjectiveSpec objective,
      Binariser binariser,
      long seed,
      INDArray parameters,
      INDArray gradient) {
    this.model = model;
    this.objective = objective;
    this.binariser = binariser;
    this.seed = seed;
    this.parameters = parameters;
    this.gradient = gradient;
  }

  /**
   * The objective, filled with {@code count} images and their noise.
   *
   * @param order the images' numbers in the shard, from {@code first} on
   * @param purpose of the posterior noise
   * @param epoch keys binarisation and noise
   */
  Objective on(
      ShardImages images, int[] order, int first, int count, Noise.Purpose purpose, long epoch) {
    Minibatch minibatch = bySize.computeIfAbsent(count, this::minibatch);
    ImageBlock block = minibatch.images();
    // All of them first: they lie anywhere in memory, and copies wait for it side by side.
    for (int i = 0; i < count; i++) {
      images.copy(order[first + i], block, i);
    }
    Objective filled = minibatch.objective();
    int samples = objective.bound().samples();
    for (int i = 0; i < count; i++) {
      binariser.write(block, i, epoch, filled.images(), i * model.x().values());
      long key = Noise.key(seed, purpose, epoch, block.ids()[i]);
      filled.noise().draw(key, i, 0, samples);
    }
    return filled;
  }

  private Minibatch minibatch(int size) {
    return new Minibatch(
        new Objective(model, objective, size, parameters, gradient),
        ImageBlock.ofSize(size, model.x().values()));
  }

  /** The buffers for one size. */
  private record Minibatch(Objective objective, ImageBlock images) {}
}
