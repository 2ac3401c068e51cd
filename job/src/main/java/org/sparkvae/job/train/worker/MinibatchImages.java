package org.sparkvae.job.train.worker;

import java.util.HashMap;
import java.util.Map;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Inputs;
import org.sparkvae.tensor.kernels.Kernels;

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

  /** Whether a device reads images where they lie. */
  private final boolean inPlace;

  private final Map<Integer, ImageBlock> bySize = new HashMap<>();
  private ImageBlock[] blocks = new ImageBlock[0];
  private int[] numbers = new int[0];
  private long epoch;

  /**
   * Nothing taken yet.
   *
   * @param values of an image
   * @param seed of the noise
   * @param purpose of the noise
   * @param kernels that will compute on the images
   */
  MinibatchImages(
      int values, Binariser binariser, long seed, Noise.Purpose purpose, Kernels kernels) {
    this.values = values;
    this.binariser = binariser;
    this.seed = seed;
    this.purpose = purpose;
    this.inPlace = kernels.inputs().isPresent();
  }

  /**
   * Takes {@code count} images.
   *
   * @param order the images' numbers in the shard, from {@code first} on
   * @param epoch keys binarisation and noise
   */
  void take(ShardImages images, int[] order, int first, int count, long epoch) {
    this.epoch = epoch;
    if (blocks.length != count) {
      blocks = new ImageBlock[count];
      numbers = new int[count];
    }
    ImageBlock copies = bySize.computeIfAbsent(count, size -> ImageBlock.ofSize(size, values));
    // All of them first: they lie anywhere in memory, and copies wait for it side by side.
    for (int i = 0; i < count; i++) {
      int image = order[first + i];
      int block = images.indexOfBlock(image);
      blocks[i] = images.block(block);
      numbers[i] = images.numberIn(block, image);
      if (!inPlace || !blocks[i].isInHeap()) {
        blocks[i].copy(numbers[i], copies, i);
        blocks[i] = copies;
        numbers[i] = i;
      }
    }
  }

  /**
   * Fills inputs with what was taken.
   *
   * @param turn keys the noise beside the image: each turn has its own
   */
  void fill(Inputs inputs, int turn) {
    for (int i = 0; i < blocks.length; i++) {
      binariser.write(blocks[i], numbers[i], epoch, inputs.pixels(), i);
      long key = Noise.key(seed, purpose, epoch, blocks[i].ids()[numbers[i]]);
      // Streams of one turn count upwards from 0.
      inputs.noise().draw(Noise.stream(key, -turn), i);
    }
  }
}
