package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.tensor.device.kernel.ProductKernel;
import org.sparkvae.tensor.device.kernel.TileProduct;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.AffineBackward;
import org.sparkvae.tensor.kernels.AffineBackward.Share;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.OwnKernels;

/** Products of our own kernels on a simulated device, against those of the host. */
class ProductsOnDeviceTest {
  private final SimulatedDevice card = new SimulatedDevice(1L << 28);
  private final DeviceKernels device = new DeviceKernels(card);
  private final ProductsReferee referee = new ProductsReferee(device);

  /** Tiles and strips that are whole, begun, or several; the last are too long for small ones. */
  static Stream<Arguments> products() {
    int[][] shapes = {
      {1, 1, 1},
      {16, 16, 64},
      {17, 5, 65},
      {3, 33, 128},
      {20, 18, 200},
      {2, 2, 256},
      {5, 31, 257},
      {18, 3, 600},
      {3, 70, 1030},
      {65, 2, 1056}
    };
    return ProductsReferee.forms(shapes);
  }

  @ParameterizedTest
  @MethodSource("products")
  void productsAreThoseOfTheHost(
      int m, int n, int k, boolean transposeA, boolean transposeB, int beta) {
    referee.assertAlike(m, n, k, transposeA, transposeB, beta);
  }

  /** An axis of a grid but the first has 65,535 blocks. */
  @Test
  void tallProductsFitIntoTheGridsOfCards() {
    int most = 65_535;
    assertThat(TileProduct.fits(16 * most, 16, 2)).isTrue();
    assertThat(TileProduct.fits(16 * most + 1, 16, 2)).isFalse();
    assertThat(ProductKernel.grid(64 * most, 65, 1)).isEqualTo(new Grid(2, most, 1));
    assertThat(ProductKernel.grid(64 * most + 1, 65, 1)).isEqualTo(new Grid(most + 1, 2, 1));
    assertThat(ProductKernel.isTall(64 * most)).isFalse();
    assertThat(ProductKernel.isTall(64 * most + 1)).isTrue();
    Loaded any = card.load(new ProductKernel(false, false, false, false).build());
    assertThatThrownBy(() -> card.launch(any, new Grid(1, most + 1, 1), 0L, 0L, 0L, 1, 1, 1, 16))
        .isInstanceOf(DeviceException.class);
  }

  @Test
  void tallProductsHaveTheBitsOfOthers() {
    INDArray a = referee.matrix(130, 20);
    INDArray b = referee.matrix(20, 70);
    INDArray wide = Nd4j.create(DataType.FLOAT, 130, 70);
    INDArray tall = Nd4j.create(DataType.FLOAT, 130, 70);
    multiply(false, new Grid(2, 3, 1), a, b, wide);
    multiply(true, new Grid(3, 2, 1), a, b, tall);
    device.settle();
    assertThat(tall.data().asFloat()).containsExactly(wide.data().asFloat());
    INDArray onHost = Nd4j.create(DataType.FLOAT, 130, 70);
    host(a).multiply(a, false, b, false, 0, onHost);
    referee.assertClose(tall, onHost, 20);
  }

  private void multiply(boolean isTall, Grid grid, INDArray a, INDArray b, INDArray c) {
    String name = isTall ? "tall" : "wide";
    OwnKernels.Arguments arguments =
        device
            .own()
            .orElseThrow()
            .launch(name, new ProductKernel(false, false, false, isTall)::build);
    arguments.read(a).read(b).write(c).number(130).number(70).number(20).number(32);
    ((DeviceLaunch) arguments).run(grid);
  }

  @Test
  void aKernelMayShareNoMoreThanCardsHave() {
    KernelBuilder wide = new KernelBuilder("wide", 32);
    wide.shared(Type.F32, 12_289);
    OwnKernels own = device.own().orElseThrow();
    assertThatThrownBy(() -> own.launch("too wide", wide::build))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "a block of kernel wide needs 49,156 bytes of shared memory, and GPUs have 49,152: set"
                + " fewer latent dimensions (model.latent), or compute.device = cpu");
  }

  /** Outputs near 0 and far from it, and what is not a number. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void slopesAreThoseOfTheHostInAllDigits(Activation f) {
    float[] outputs = {1e-9f, 1e-7f, 6e-6f, 1e-3f, 0.3f, 0.9f, 0, Float.NaN};
    INDArray y = Nd4j.createFromArray(outputs).reshape('c', 1, outputs.length);
    INDArray onDevice = Nd4j.ones(DataType.FLOAT, 1, outputs.length);
    INDArray onHost = onDevice.dup('c');

    device.activateBackward(y, onDevice, f);
    host(y).activateBackward(y, onHost, f);

    float[] values = new float[outputs.length];
    device.copyOut(onDevice, values);
    for (int i = 0; i < values.length; i++) {
      float expected = onHost.getFloat(0, i);
      assertThat(values[i]).as("at %s", outputs[i]).isCloseTo(expected, withinPercentage(1e-4));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void affineMapsAndTheirDerivativesAreThoseOfTheHost(Activation f) {
    int rows = 19;
    INDArray x = referee.matrix(rows, 70);
    INDArray weight = referee.matrix(70, 33);
    INDArray bias = referee.matrix(1, 33).reshape(33);
    INDArray y = Nd4j.create(DataType.FLOAT, rows, 33);
    INDArray expected = y.dup('c');
    card.finish();
    int before = card.launches();
    device.affine(x, weight, bias, f, y);
    assertThat(card.launches() - before).as("launches").isEqualTo(1);
    host(x).affine(x, weight, bias, f, expected);
    referee.assertClose(y, expected, 70);

    INDArray byOutput = referee.matrix(rows, 33);
    for (int beta = 0; beta < 2; beta++) {
      AffineBackward onDevice = backward(x, weight, expected, byOutput, f, beta);
      AffineBackward onHost = copy(onDevice);
      before = card.launches();
      device.affineBackward(onDevice);
      assertThat(card.launches() - before).as("launches").isEqualTo(2);
      host(x).affineBackward(onHost);
      referee.assertClose(onDevice.byBias().gradient(), onHost.byBias().gradient(), rows);
      referee.assertClose(onDevice.byWeight().gradient(), onHost.byWeight().gradient(), rows);
      referee.assertClose(onDevice.byInput().gradient(), onHost.byInput().gradient(), 33);
    }
  }

  /** Where only one of the parameters has a derivative, or the input has none. */
  @Test
  void whatHasNoDerivativeIsLeftOut() {
    INDArray x = referee.matrix(4, 6);
    AffineBackward all =
        backward(
            x,
            referee.matrix(6, 5),
            referee.matrix(4, 5),
            referee.matrix(4, 5),
            Activation.TANH,
            1);
    List<AffineBackward> some =
        List.of(
            with(all, all.byBias(), null, all.byInput()),
            with(all, null, all.byWeight(), null),
            with(all, null, null, all.byInput()),
            with(all, all.byBias(), all.byWeight(), null));
    for (AffineBackward pass : some) {
      AffineBackward onDevice = copy(pass);
      AffineBackward onHost = copy(pass);
      device.affineBackward(onDevice);
      host(x).affineBackward(onHost);
      assertClose(onDevice.byBias(), onHost.byBias());
      assertClose(onDevice.byWeight(), onHost.byWeight());
      assertClose(onDevice.byInput(), onHost.byInput());
    }
  }

  private void assertClose(Share onDevice, Share onHost) {
    if (onHost != null) {
      referee.assertClose(onDevice.gradient(), onHost.gradient(), 6);
    }
  }

  private AffineBackward backward(
      INDArray x, INDArray weight, INDArray y, INDArray byOutput, Activation f, int beta) {
    return new AffineBackward(
        x,
        weight,
        y,
        byOutput.dup('c'),
        false,
        f,
        new Share(beta, referee.matrix(1, weight.columns()).reshape(weight.columns())),
        new Share(beta, referee.matrix(weight.rows(), weight.columns())),
        new Share(beta, referee.matrix(x.rows(), x.columns())));
  }

  private static AffineBackward with(AffineBackward of, Share bias, Share weight, Share input) {
    return new AffineBackward(
        of.x(), of.weight(), of.y(), of.byOutput(), false, of.f(), bias, weight, input);
  }

  /** With memory of its own for all that is written. */
  private static AffineBackward copy(AffineBackward of) {
    return new AffineBackward(
        of.x(),
        of.weight(),
        of.y(),
        of.byOutput().dup('c'),
        of.isObserved(),
        of.f(),
        copy(of.byBias()),
        copy(of.byWeight()),
        copy(of.byInput()));
  }

  private static Share copy(Share of) {
    return of == null ? null : new Share(of.beta(), of.gradient().dup('c'));
  }

  private static Kernels host(INDArray example) {
    return Kernels.onHost(example);
  }
}
