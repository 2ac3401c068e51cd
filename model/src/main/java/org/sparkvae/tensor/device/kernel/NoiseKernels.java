package org.sparkvae.tensor.device.kernel;

import java.util.function.BiConsumer;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.noise.BoxMuller;
import org.sparkvae.noise.Coin;
import org.sparkvae.noise.NoiseLoops;
import org.sparkvae.noise.Threefry;

/**
 * The kernels that draw noise, to the bits of {@link org.sparkvae.noise.Noise}: a thread makes the
 * two values of a pair of words.
 */
public final class NoiseKernels {
  /** Integers by which the noise of an image is told: two of its key, first sample, samples. */
  public static final int OF_IMAGE = 4;

  /** Numbers of 64 bits by which the pixels of an image are told: its key, and their address. */
  public static final int OF_PIXELS = 2;

  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};

  private NoiseKernels() {}

  /** Threads for so many rows of values. */
  public static long threads(int rows, int columns) {
    int blocks = (columns + NoiseLoops.BLOCK - 1) / NoiseLoops.BLOCK;
    return (long) rows * blocks * NoiseLoops.PAIRS;
  }

  /**
   * Standard normals, sample-major; rows beyond an image's samples become 0. Arguments: images
   * [images, OF_IMAGE], out, images, rows, columns.
   */
  public static Kernel normal() {
    return rows(
        "normal",
        (words, set) -> {
          Value u = words[0].shiftRight(8).plus(1).to(Type.F32).times(NoiseLoops.UNIT);
          Value radius = Elementary.log(u).times(-2).root();
          Value word = words[1];
          Value quarter = word.plus(BoxMuller.EIGHTH).shiftRight(30);
          Value a =
              word.minus(quarter.shiftLeft(30))
                  .shiftRightSigned(8)
                  .to(Type.F32)
                  .times(BoxMuller.STEP);
          Value isEven = quarter.and(1).isEqual(0);
          Value sin = sin(a);
          Value cos = cos(a);
          Value firstSign = quarter.plus(1).and(2).shiftLeft(30);
          Value secondSign = quarter.and(2).shiftLeft(30);
          Value first = sin.blend(cos, isEven).asBits().xor(firstSign).asFloat();
          Value second = cos.blend(sin, isEven).asBits().xor(secondSign).asFloat();
          set.accept(first.times(radius), second.times(radius));
        });
  }

  private static Value sin(Value a) {
    Value square = a.times(a);
    Value p = square.fma(a.number(BoxMuller.SIN0), BoxMuller.SIN1).fma(square, BoxMuller.SIN2);
    return p.times(square).fma(a, a);
  }

  private static Value cos(Value a) {
    Value square = a.times(a);
    Value p = square.fma(a.number(BoxMuller.COS0), BoxMuller.COS1).fma(square, BoxMuller.COS2);
    return p.times(square).fma(square, square.fma(a.number(-0.5), 1));
  }

  /** Uniforms in [0, 1), as {@link #normal}. */
  public static Kernel uniform() {
    return rows("uniform", (words, set) -> set.accept(uniform(words[0]), uniform(words[1])));
  }

  private static Value uniform(Value word) {
    return word.shiftRight(8).to(Type.F32).times(NoiseLoops.UNIT);
  }

  /** What two words become. */
  private interface Pair {
    void values(Value[] words, BiConsumer<Value, Value> set);
  }

  private static Kernel rows(String name, Pair pair) {
    KernelBuilder kernel = new KernelBuilder(name, Skeletons.PLACES);
    GlobalArray told = kernel.array(Type.S32);
    GlobalArray out = kernel.array(Type.F32);
    Value images = kernel.argument(Type.S32);
    Value rows = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Value pairs = pairs(columns);
    Skeletons.places(
        kernel,
        rows.times(pairs),
        place -> {
          Value row = place.over(pairs);
          Value counter = place.modulo(pairs);
          Value image = row.modulo(images).times(OF_IMAGE);
          Value sample = row.over(images);
          Value count = told.load(image.plus(3));
          Value[] words =
              words(
                  told.load(image),
                  told.load(image.plus(1)),
                  counter,
                  told.load(image.plus(2)).plus(sample));
          Value isDrawn = sample.isLess(count);
          Value base = row.times(columns);
          pair.values(
              words,
              (first, second) ->
                  store(
                      kernel,
                      counter,
                      columns,
                      (column, number) ->
                          out.store(
                              base.plus(column),
                              first.number(0).blend(number == 0 ? first : second, isDrawn))));
        });
    return kernel.build();
  }

  /**
   * Coins that show 1 with probability pixel / 255. Arguments: images [images, OF_PIXELS], out,
   * images, columns.
   */
  public static Kernel coins() {
    KernelBuilder kernel = new KernelBuilder("coins", Skeletons.PLACES);
    Value told = kernel.argument(Type.S64);
    GlobalArray keys = kernel.array(Type.S32, told);
    GlobalArray out = kernel.array(Type.F32);
    Value images = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Value pairs = pairs(columns);
    Skeletons.places(
        kernel,
        images.times(pairs),
        place -> {
          Value image = place.over(pairs);
          Value counter = place.modulo(pairs);
          Value key = image.times(2 * OF_PIXELS);
          GlobalArray pixels = pixels(kernel, told, image);
          Value base = image.times(columns);
          Value[] words = words(keys.load(key), keys.load(key.plus(1)), counter, kernel.number(0));
          store(
              kernel,
              counter,
              columns,
              (column, number) ->
                  out.store(base.plus(column), toss(words[number], pixels.load(column))));
        });
    return kernel.build();
  }

  private static GlobalArray pixels(KernelBuilder kernel, Value told, Value image) {
    GlobalArray addresses = kernel.array(Type.S64, told);
    return kernel.array(Type.U8, addresses.load(image.times(OF_PIXELS).plus(1)));
  }

  private static Value toss(Value word, Value pixel) {
    Value heads = pixel.times(Coin.SPREAD).minus(pixel.negated().shiftRightSigned(31));
    return word.shiftRight(8).minus(heads).shiftRight(31).to(Type.F32);
  }

  /**
   * Pixels as shares of 255. Arguments: images [images, OF_PIXELS], of which the addresses are
   * read, out, places, columns.
   */
  public static Kernel shares() {
    KernelBuilder kernel = new KernelBuilder("shares", Skeletons.PLACES);
    Value told = kernel.argument(Type.S64);
    GlobalArray out = kernel.array(Type.F32);
    Value places = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Skeletons.places(
        kernel,
        places,
        place -> {
          GlobalArray pixels = pixels(kernel, told, place.over(columns));
          Value pixel = pixels.load(place.modulo(columns)).to(Type.F32);
          out.store(place, pixel.over(pixel.number(255)));
        });
    return kernel.build();
  }

  /** Pairs of words for a row. */
  private static Value pairs(Value columns) {
    return columns.plus(NoiseLoops.BLOCK - 1).shiftRight(5).shiftLeft(4);
  }

  /** What sets a column from the first or the second word. */
  private interface Setter {
    void set(Value column, int number);
  }

  /** Sets the two columns of a pair, as far as the row has them. */
  private static void store(KernelBuilder kernel, Value counter, Value columns, Setter setter) {
    Value first = counter.shiftRight(4).shiftLeft(5).plus(counter.and(NoiseLoops.PAIRS - 1));
    Value second = first.plus(NoiseLoops.PAIRS);
    kernel.when(first.isLess(columns), () -> setter.set(first, 0));
    kernel.when(second.isLess(columns), () -> setter.set(second, 1));
  }

  /** Threefry's two words of a counter and a sample. */
  private static Value[] words(Value k0, Value k1, Value counter, Value sample) {
    Value[] keys = {k0, k1, k0.xor(k1).xor(k0.number(Threefry.PARITY))};
    Value x0 = counter.plus(k0);
    Value x1 = sample.plus(k1);
    for (int round = 0; round < 5; round++) {
      for (int bits : ROTATIONS[round % 2]) {
        x0 = x0.plus(x1);
        x1 = x1.shiftLeft(bits).or(x1.shiftRight(32 - bits)).xor(x0);
      }
      x0 = x0.plus(keys[(round + 1) % 3]);
      x1 = x1.plus(keys[(round + 2) % 3]).plus(round + 1);
    }
    return new Value[] {x0, x1};
  }
}
