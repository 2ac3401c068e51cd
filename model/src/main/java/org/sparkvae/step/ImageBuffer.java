package org.sparkvae.step;

import java.util.Arrays;
import java.util.Optional;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.kernels.DeviceInputs;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.PixelRows;

/**
 * The images of a minibatch on their way to a program's matrix: values that somebody sets, or bytes
 * whose values follow where the matrix lies.
 */
public final class ImageBuffer {
  /** What the bytes of an image stand for. */
  private enum Told {
    /** Nothing: the host has its values. */
    NOT,
    /** Chances. */
    COINS,
    /** Shares of 255. */
    SHARES
  }

  private final Kernels kernels;
  private final int values;
  private final float[] host;
  private final Told[] told;
  private final long[] keys;

  /** What the images are told by; where noise is drawn on the host, it stays empty. */
  private final PixelRows pixels;

  /** Whether any image is told, so that who sets values one by one does not look at all of them. */
  private boolean anyTold;

  /**
   * A buffer.
   *
   * @param kernels that the images are sent by
   * @param images of a minibatch
   * @param values of an image
   */
  public ImageBuffer(Kernels kernels, int images, int values) {
    this.kernels = kernels;
    this.values = values;
    host = new float[Math.multiplyExact(images, values)];
    told = new Told[images];
    Arrays.fill(told, Told.NOT);
    keys = new long[images];
    pixels = new PixelRows(new byte[images][], new int[images], values);
  }

  /** The values in host memory, [images * values], not a copy: for who reads or sets them. */
  public float[] host() {
    if (!anyTold) {
      return host;
    }
    anyTold = false;
    for (int image = 0; image < told.length; image++) {
      byte[] of = pixels.arrays()[image];
      int from = pixels.from()[image];
      switch (told[image]) {
        case COINS -> Noise.bernoulli(keys[image], of, from, host, image * values, values);
        case SHARES -> share(of, from, image * values);
        case NOT -> {}
      }
      told[image] = Told.NOT;
    }
    return host;
  }

  /**
   * An image becomes 1 at each place by the chance pixel / 255, else 0 ({@link Noise#bernoulli}).
   *
   * @param image its place in the minibatch
   * @param of pixels, which stay as they are until the image is set again
   * @param from place of its first pixel
   */
  public void coins(int image, long key, byte[] of, int from) {
    if (kernels.inputs().isPresent()) {
      keys[image] = key;
      tell(image, Told.COINS, of, from);
    } else {
      Noise.bernoulli(key, of, from, host, image * values, values);
    }
  }

  /** An image becomes pixel / 255 at each place; its pixels stay as for {@link #coins}. */
  public void shares(int image, byte[] of, int from) {
    if (kernels.inputs().isPresent()) {
      tell(image, Told.SHARES, of, from);
    } else {
      share(of, from, image * values);
    }
  }

  private void tell(int image, Told as, byte[] of, int from) {
    pixels.arrays()[image] = of;
    pixels.from()[image] = from;
    told[image] = as;
    anyTold = true;
  }

  private void share(byte[] of, int from, int to) {
    for (int d = 0; d < values; d++) {
      host[to + d] = (of[from + d] & 0xff) / 255f;
    }
  }

  /** Sends the images to a matrix, [images, values]. */
  public void send(Matrix to) {
    Optional<DeviceInputs> device = kernels.inputs();
    if (device.isPresent() && all(Told.COINS)) {
      device.get().coins(pixels, keys, to.value());
    } else if (device.isPresent() && all(Told.SHARES)) {
      device.get().shares(pixels, to.value());
    } else {
      kernels.copyIn(host(), to.value());
    }
  }

  private boolean all(Told as) {
    return Arrays.stream(told).allMatch(one -> one == as);
  }
}
