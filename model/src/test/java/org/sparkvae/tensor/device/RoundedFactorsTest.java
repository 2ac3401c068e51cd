package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Elbo;
import org.sparkvae.device.Precision;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.device.SimulatedProducts;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.fixtures.ModelSteps;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** Factors of eight bits, and products of them by the library of a simulated device. */
class RoundedFactorsTest {
  /** More than the k of any small product. */
  private static final int WIDE = 1030;

  private final SimulatedDevice card = new SimulatedDevice(1L << 28);
  private final SimulatedProducts library = card.addLibrary(Precision.BF16);
  private final DeviceKernels device = new DeviceKernels(card, Precision.BF16);
  private final ProductsReferee referee = new ProductsReferee(device);

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  /** Values of all sizes, halves between two neighbours, and what is next to these. */
  @Test
  void theNearestIsTakenAndOfTwoTheEvenOne() {
    Random random = new Random(5);
    float[] values = new float[4000];
    for (int i = 0; i < values.length; i += 4) {
      float any = Float.intBitsToFloat(random.nextInt() & 0xBFFF_FFFF);
      float half = Float.intBitsToFloat(Float.floatToRawIntBits(any) & 0xFFFF_0000 | 0x8000);
      values[i] = any;
      values[i + 1] = half;
      values[i + 2] = Math.nextUp(half);
      values[i + 3] = Math.nextDown(half);
    }
    float[] rounded = rounded(values);
    for (int i = 0; i < values.length; i++) {
      assertThat(rounded[i]).as("%s", values[i]).isEqualTo(nearest(values[i]));
    }
  }

  @Test
  void whatIsNoNumberOrTooLargeStaysSo() {
    float[] values = {
      Float.NaN,
      Float.intBitsToFloat(0x7F80_0001),
      Float.intBitsToFloat(0xFFFF_FFFF),
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      0f,
      -0f
    };
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(rounded(values))
        .containsExactly(
            Float.NaN, Float.NaN, Float.NaN, infinity, -infinity, infinity, -infinity, 0f, -0f);
  }

  /** By distances to both neighbours, as bits have no part in them. */
  private static float nearest(float value) {
    float below = Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xFFFF_0000);
    float above = Float.intBitsToFloat(Float.floatToRawIntBits(below) + 0x1_0000);
    double toBelow = Math.abs((double) value - below);
    double toAbove = Math.abs((double) above - value);
    boolean isEven = (Float.floatToRawIntBits(below) & 0x1_0000) == 0;
    return toBelow < toAbove || toBelow == toAbove && isEven ? below : above;
  }

  private static void round(INDArray factor) {
    for (long i = 0; i < factor.length(); i++) {
      factor.putScalar(i, nearest(factor.getFloat(i)));
    }
  }

  private float[] rounded(float[] values) {
    long from = card.allocate((long) Float.BYTES * values.length);
    ByteBuffer sent = buffer(Float.BYTES * values.length);
    sent.asFloatBuffer().put(values);
    card.copyIn(sent, from);
    long other = from + Float.BYTES;
    RoundedFactors factors =
        RoundedFactors.of(new Launcher(card), from, values.length, other, values.length - 1);
    float[] first = received(factors.a(), values.length);
    float[] second = received(factors.b(), values.length - 1);
    assertThat(second).containsExactly(Arrays.copyOfRange(first, 1, first.length));
    assertThat(factors.b() % 256).as("place of the second").isZero();
    return first;
  }

  private float[] received(long from, int count) {
    ByteBuffer bytes = buffer(Short.BYTES * count);
    card.copyOut(from, bytes);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(bytes.getShort(Short.BYTES * i) << 16);
    }
    return values;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  static Stream<Arguments> products() {
    return ProductsReferee.forms(new int[][] {{1, 1, WIDE}, {5, 19, 1100}});
  }

  @ParameterizedTest
  @MethodSource("products")
  void productsAreThoseOfRoundedFactors(
      int m, int n, int k, boolean transposeA, boolean transposeB, int beta) {
    referee.assertAlike(m, n, k, transposeA, transposeB, beta, RoundedFactorsTest::round);
    assertThat(library.done()).isEqualTo(1);
  }

  @Test
  void smallProductsKeepAllBits() {
    referee.assertAlike(16, 16, 64, false, false, 0);
    assertThat(library.done()).isZero();
  }

  /** Every layer is wide: from the second step on records are launched, with work aside. */
  @Test
  void recordedStepsHaveTheBitsOfTheFirst() {
    Vae vae =
        new Vae(
            ModelCases.LATENT,
            new Mlp(List.of(WIDE), Activation.TANH),
            new Mlp(List.of(WIDE, WIDE), Activation.TANH),
            new Bernoulli());
    ImageModel spec = new ImageModel(Shape.vector(ModelCases.PIXELS), vae);
    ObjectiveSpec of = new ObjectiveSpec(new Elbo(9, Elbo.Kl.ANALYTIC), 40, 0.3);
    ModelSteps host = new ModelSteps(spec, of, 0.1, null);
    host.step(0);
    float[] exact = host.gradient();
    ModelSteps rounded = new ModelSteps(spec, of, 0.1, device);
    rounded.step(0);
    float[] first = rounded.gradient();
    rounded.step(0);
    assertThat(rounded.gradient()).isEqualTo(first);
    assertThat(library.done()).as("products of two steps").isEqualTo(2 * 6);
    // It needs more memory than any product of the steps, whose record holds the former.
    referee.multiply(1, 1, 1_100_000);
    rounded.step(0);
    assertThat(rounded.gradient()).isEqualTo(first);
    // By hand, as AssertJ takes long for so many.
    float largest = 0;
    float off = 0;
    for (int i = 0; i < exact.length; i++) {
      largest = Math.max(largest, Math.abs(exact[i]));
      off = Math.max(off, Math.abs(first[i] - exact[i]));
    }
    assertThat(off).isBetween(1e-4f * largest, 0.02f * largest);
  }
}
