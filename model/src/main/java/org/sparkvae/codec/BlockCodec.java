package org.sparkvae.codec;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.vae.ImageModel;

/**
 * Codes of images, and images of codes, however many there are: in blocks of so many rows on
 * buffers that are allocated once, at the first call that needs them. A row's result does not
 * depend on the values of the others, nor on how many these are.
 *
 * <p>Not thread-safe: one instance belongs to one thread at a time.
 */
public final class BlockCodec {
  private final ImageModel model;
  private final INDArray parameters;
  private final int rows;
  private final Lazy<RowProgram> encoding = new Lazy<>();
  private final Lazy<RowProgram> decoding = new Lazy<>();
  private final Lazy<Optional<RowProgram>> logVariances = new Lazy<>();
  private final Lazy<DrawProgram> means = new Lazy<>();

  /** Made when it is first asked for. */
  private static final class Lazy<T> {
    private T value;

    T or(Supplier<T> made) {
      if (value == null) {
        value = made.get();
      }
      return value;
    }
  }

  /**
   * Builds it.
   *
   * @param parameters the flat parameter vector; read, never written
   * @param rows of a block
   */
  public BlockCodec(ImageModel model, INDArray parameters, int rows) {
    this.model = model;
    this.parameters = parameters;
    this.rows = rows;
  }

  /** As {@link Codec#encode}: [n][values] -> [n][code length]. */
  public float[][] encode(float[][] images) {
    return inBlocks(encoding.or(() -> RowProgram.encoding(model, parameters, rows)), images);
  }

  /**
   * The posterior's standard deviation of each dimension of the codes, [n][values] -> [n][code
   * length], where that has a closed form that no draw matters to.
   */
  public Optional<float[][]> encodeDeviations(float[][] images) {
    return logVariances
        .or(() -> RowProgram.logVariances(model, parameters, rows))
        .map(program -> Posteriors.deviations(inBlocks(program, images)));
  }

  /** As {@link Codec#decode}: [n][code length] -> [n][values]. */
  public float[][] decode(float[][] codes) {
    return Codec.clipped(
        inBlocks(decoding.or(() -> RowProgram.decoding(model, parameters, rows)), codes));
  }

  /**
   * As {@link Codec#sample}: image i is the same however many there are.
   *
   * @param key of the noise, from {@link org.sparkvae.noise.Noise#key}
   */
  public float[][] sample(long key, int n) {
    DrawProgram program = means.or(() -> DrawProgram.means(model, parameters, rows));
    float[][] images = new float[n][];
    for (int from = 0; from < n; from += rows) {
      int count = Math.min(rows, n - from);
      System.arraycopy(program.draw(key, from, count), 0, images, from, count);
    }
    return Codec.clipped(images);
  }

  private static float[][] inBlocks(RowProgram program, float[][] given) {
    float[][] results = new float[given.length][];
    for (int from = 0; from < given.length; from += program.rows()) {
      int to = Math.min(given.length, from + program.rows());
      float[][] block = program.of(Arrays.asList(given).subList(from, to));
      System.arraycopy(block, 0, results, from, block.length);
    }
    return results;
  }
}
