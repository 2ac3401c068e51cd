package org.sparkvae.job.data.images;

import java.io.Serializable;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.ImageBuffer;

/** Turns the packed intensities of an image into the values the model sees; allocates nothing. */
public sealed interface Binariser extends Serializable {

  /**
   * Writes an image's values, each in [0, 1], to {@code out[offset .. offset + values)}.
   *
   * @param block that holds the image
   * @param image its number in the block
   * @param epoch from 0 on
   */
  void write(ImageBlock block, int image, long epoch, float[] out, int offset);

  /**
   * Gives an image's values to a minibatch.
   *
   * @param at place of the image in the minibatch
   */
  void write(ImageBlock block, int image, long epoch, ImageBuffer to, int at);

  /** The binariser of a run. */
  static Binariser of(DataSettings data, long seed) {
    return switch (data.bits().binarisation()) {
      case DYNAMIC -> new Dynamic(seed);
      case STATIC -> new Static(seed);
      case THRESHOLD -> new Threshold(data.bits().threshold());
      case NONE -> new Intensity();
    };
  }

  /**
   * Draws 1 with the intensity's probability, anew in every epoch; keyed by seed, epoch and image
   * id (Burda et al., "Importance weighted autoencoders", 2016, section 5).
   */
  record Dynamic(long seed) implements Binariser {
    @Override
    public void write(ImageBlock block, int image, long epoch, float[] out, int offset) {
      int values = block.values();
      long key = key(block, image, epoch);
      Noise.bernoulli(key, block.pixels(), image * values, out, offset, values);
    }

    @Override
    public void write(ImageBlock block, int image, long epoch, ImageBuffer to, int at) {
      to.coins(at, key(block, image, epoch), block.pixels(), image * block.values());
    }

    private long key(ImageBlock block, int image, long epoch) {
      return Noise.key(seed, Noise.Purpose.BINARISATION, epoch, block.ids()[image]);
    }
  }

  /** Draws as {@link Dynamic} does in epoch 0, whatever the epoch. */
  record Static(long seed) implements Binariser {
    @Override
    public void write(ImageBlock block, int image, long epoch, float[] out, int offset) {
      int values = block.values();
      long key = key(block, image);
      Noise.bernoulli(key, block.pixels(), image * values, out, offset, values);
    }

    @Override
    public void write(ImageBlock block, int image, long epoch, ImageBuffer to, int at) {
      to.coins(at, key(block, image), block.pixels(), image * block.values());
    }

    private long key(ImageBlock block, int image) {
      return Noise.key(seed, Noise.Purpose.BINARISATION, 0, block.ids()[image]);
    }
  }

  /** Gives 1 where pixel / 255 is at or above a threshold, else 0. */
  record Threshold(double threshold) implements Binariser {
    @Override
    public void write(ImageBlock block, int image, long epoch, float[] out, int offset) {
      byte[] pixels = block.pixels();
      int values = block.values();
      for (int d = 0, from = image * values; d < values; d++) {
        out[offset + d] = (pixels[from + d] & 0xff) / 255.0 >= threshold ? 1 : 0;
      }
    }

    @Override
    public void write(ImageBlock block, int image, long epoch, ImageBuffer to, int at) {
      write(block, image, epoch, to.host(), at * block.values());
    }
  }

  /** Gives pixel / 255. */
  record Intensity() implements Binariser {
    @Override
    public void write(ImageBlock block, int image, long epoch, float[] out, int offset) {
      byte[] pixels = block.pixels();
      int values = block.values();
      for (int d = 0, from = image * values; d < values; d++) {
        out[offset + d] = (pixels[from + d] & 0xff) / 255f;
      }
    }

    @Override
    public void write(ImageBlock block, int image, long epoch, ImageBuffer to, int at) {
      to.shares(at, block.pixels(), image * block.values());
    }
  }
}
