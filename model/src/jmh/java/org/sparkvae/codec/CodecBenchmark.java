package org.sparkvae.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/**
 * Codes of images and images of codes of a 784-200-200-50 VAE, an image, beside the matrix products
 * of blocks of the same size: the floor.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CodecBenchmark.IMAGES)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 1)
public class CodecBenchmark {
  static final int IMAGES = 960;
  private static final int ROWS = 96;
  private static final int PIXELS = 784;
  private static final int HIDDEN = 200;
  private static final int LATENT = 50;

  private BlockCodec codec;
  private float[][] images;
  private float[][] codes;
  private Products encoder;
  private Products decoder;

  /** The products of the layers of a block, one after the other. */
  private static final class Products {
    private final INDArray[] values;
    private final INDArray[] weights;
    private final Kernels kernels;

    Products(int... widths) {
      values = Arrays.stream(widths).mapToObj(n -> array(ROWS, n)).toArray(INDArray[]::new);
      weights = new INDArray[widths.length - 1];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = array(widths[i], widths[i + 1]);
      }
      kernels = Kernels.of(values[0]);
    }

    private static INDArray array(int rows, int columns) {
      return Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'c');
    }

    INDArray run() {
      for (int block = 0; block < IMAGES; block += ROWS) {
        for (int i = 0; i < weights.length; i++) {
          kernels.multiply(values[i], false, weights[i], false, 0, values[i + 1]);
        }
      }
      return values[weights.length];
    }
  }

  /** Builds the model, and images of bits. */
  @Setup
  public void build() {
    Mlp network = new Mlp(List.of(HIDDEN, HIDDEN), Activation.TANH);
    ImageModel model =
        new ImageModel(Shape.vector(PIXELS), new Vae(LATENT, network, network, new Bernoulli()));
    INDArray parameters = Nd4j.create(DataType.FLOAT, model.parameters());
    float[] mean = new float[PIXELS];
    Arrays.fill(mean, 0.13f);
    model.initialise(1, mean, parameters);
    codec = new BlockCodec(model, parameters, ROWS);
    Random random = new Random(1);
    images = new float[IMAGES][PIXELS];
    for (float[] image : images) {
      for (int d = 0; d < PIXELS; d++) {
        image[d] = random.nextInt(8) == 0 ? 1 : 0;
      }
    }
    codes = codec.encode(images);
    encoder = new Products(PIXELS, HIDDEN, HIDDEN, LATENT);
    decoder = new Products(LATENT, HIDDEN, HIDDEN, PIXELS);
  }

  /** Codes of images. */
  @Benchmark
  public float[][] encode() {
    return codec.encode(images);
  }

  /** Mean images of codes. */
  @Benchmark
  public float[][] decode() {
    return codec.decode(codes);
  }

  /** Both. */
  @Benchmark
  public float[][] reconstruct() {
    return codec.decode(codec.encode(images));
  }

  /** The products of encode. */
  @Benchmark
  public INDArray encodeProducts() {
    return encoder.run();
  }

  /** The products of decode. */
  @Benchmark
  public INDArray decodeProducts() {
    return decoder.run();
  }
}
