package org.sparkvae.job.train.worker;

import java.util.HashMap;
import java.util.Map;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Inputs;

/**
 * Takes a minibatch of a shard's images, and fills inputs with their values and noise.
 *
 * <p>The numbers drawn for an image depend on its id, not on its shard or minibatch.
 */
final class MinibatchImages {
  private final int values;
  private final Binariser binariser;
  private final long seed;
  private final Noise.Purpose purpose;
  private final Map<Integer, ImageBlock> bySize = new HashMap<>();
  private ImageBlock taken;
  private long epoch;

  /**
   * Nothing taken yet.
   *
   * @param values of an image
   * @param seed of the noise
   * @param purpose of the noise
   */
  MinibatchImages(int values, Binariser binariser, long seed, Noise.Purpose purpose) {
    this.values = values;
    this.binariser = binariser;
    this.seed = seed;
    this.purpose = purpose;
  }

  /**
   * Takes {@code count} images.
   *
   * @param order the images' numbers in the shard, from {@code first} on
   * @param epoch keys binarisation and noise
   */
  void take(ShardImages images, int[] order, int first, int count, long epoch) {
    taken = bySize.computeIfAbsent(count, size -> ImageBlock.ofSize(size, values));
    this.epoch = epoch;
    // All of them first: they lie anywhere in memory, and copies wait for it side by side.
    for (int i = 0; i < count; i++) {
      images.copy(order[first + i], taken, i);
    }
  }

  /**
   * Fills inputs with what was taken.
   *
   * @param turn keys the noise beside the image: each turn has its own
   */
  void fill(Inputs inputs, int turn) {
    for (int i = 0; i < taken.size(); i++) {
      binariser.write(taken, i, epoch, inputs.pixels(), i);
      long key = Noise.key(seed, purpose, epoch, taken.ids()[i]);
      // Streams of one turn count upwards from 0.
      inputs.noise().draw(Noise.stream(key, -turn), i);
    }
  }
}
