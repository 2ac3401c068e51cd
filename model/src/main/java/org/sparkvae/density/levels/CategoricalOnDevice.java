package org.sparkvae.density.levels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Team;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.OwnKernels;

/**
 * {@link CategoricalLogLikelihood} where arrays lie on a device: a block takes the levels of a
 * pixel of a row, then one the pixels of a row.
 */
final class CategoricalOnDevice implements Computation {
  private static final int OF_PIXEL = 32;
  private static final int OF_ROW = 128;

  /** What tells one kernel from another. */
  private record Name(String what, int levels) {}

  private final CategoricalScore of;

  /** log sum_k e^l[k] of each pixel of each row, and its share of log p(x|z). */
  private double[] logSums;

  private double[] shares;

  /** The derivative by the logits, where their own gradient does not hold it alone. */
  private INDArray apart;

  CategoricalOnDevice(CategoricalScore of) {
    this.of = of;
  }

  @Override
  public void forward(Kernels kernels) {
    int pixels = Math.multiplyExact(of.logits().rows(), of.x().columns());
    if (logSums == null) {
      logSums = new double[pixels];
      shares = new double[pixels];
    }
    OwnKernels own = kernels.own().orElseThrow();
    given(own.launch(new Name("categorical", of.levels()), () -> score(of.levels())))
        .write(logSums)
        .write(shares)
        .run(pixels);
    own.launch(new Name("categorical_rows", 0), CategoricalOnDevice::sum)
        .read(shares)
        .write(of.out().value())
        .number(of.x().columns())
        .run(of.logits().rows());
  }

  private OwnKernels.Arguments given(OwnKernels.Arguments launch) {
    return launch
        .read(of.x().value())
        .read(of.logits().value())
        .read(of.bias().value())
        .number(of.x().rows() * of.x().columns())
        .number(of.x().columns());
  }

  @Override
  public void backward(Kernels kernels) {
    boolean isAsked = of.logits().gradient() != null;
    boolean isAlone = isAsked && of.logits().claim() == 0;
    if (!isAlone && apart == null) {
      apart = of.logits().value().like();
    }
    INDArray derivative = isAlone ? of.logits().gradient() : apart;
    OwnKernels own = kernels.own().orElseThrow();
    given(
            own.launch(
                new Name("categorical_backward", of.levels()), () -> differentiate(of.levels())))
        .read(logSums)
        .read(of.out().gradient())
        .write(derivative)
        .run(logSums.length);
    if (isAsked && !isAlone) {
      kernels.addScaled(1, derivative, of.logits().gradient());
    }
    if (of.bias().differentiable()) {
      kernels.sumColumns(derivative, of.bias().claim(), of.bias().gradient());
    }
  }

  /** What a block is given of its pixel: values of all images, logits, bias; their sizes. */
  private static final class Pixel {
    private final KernelBuilder kernel;
    private final Team team;
    private final int levels;
    private final GlobalArray logits;
    private final GlobalArray bias;
    private final Value start;
    private final Value ofPixel;

    /** The level that the image has there. */
    private final Value given;

    /** The row, that is sample and image. */
    private final Value row;

    Pixel(String name, int levels) {
      this.levels = levels;
      kernel = new KernelBuilder(name, OF_PIXEL);
      team = new Team(kernel, OF_PIXEL);
      GlobalArray x = kernel.array(Type.F32);
      logits = kernel.array(Type.F32);
      bias = kernel.array(Type.F32);
      Value ofImages = kernel.argument(Type.S32);
      Value ofImage = kernel.argument(Type.S32);
      start = kernel.block().times(kernel.number(levels));
      ofPixel = kernel.block().modulo(ofImage).times(kernel.number(levels));
      row = kernel.block().over(ofImage);
      given = level(x.load(kernel.block().modulo(ofImages)));
    }

    /** As {@link CategoricalLogLikelihood#level}; what is cut off is above 0. */
    private Value level(Value value) {
      Value scaled = value.times(levels - 1).to(Type.F64).plus(0.5);
      Value nearest = scaled.blend(0, scaled.isLess(0)).to(Type.S32);
      return nearest.lesser(kernel.number(levels - 1));
    }

    Value logit(Value level) {
      return logits.load(start.plus(level)).plus(bias.load(ofPixel.plus(level)));
    }
  }

  /** Arguments: those of a pixel, logSums, shares. */
  private static Kernel score(int levels) {
    Pixel pixel = new Pixel("categorical", levels);
    KernelBuilder kernel = pixel.kernel;
    GlobalArray logSums = kernel.array(Type.F64);
    GlobalArray shares = kernel.array(Type.F64);
    Value none = kernel.number(0);
    Value all = kernel.number(levels);
    Value most = pixel.team.largest(none, all, pixel::logit);
    Value top = most.to(Type.F32);
    Value sum = pixel.team.sum(levels, k -> Elementary.exp(pixel.logit(k).minus(top)));
    pixel.team.one(
        () -> {
          Value logSum = most.plus(Elementary.log(sum.to(Type.F32)).to(Type.F64));
          logSums.store(kernel.block(), logSum);
          Value share = pixel.logit(pixel.given).to(Type.F64).minus(logSum);
          shares.store(kernel.block(), share);
        });
    return kernel.build();
  }

  /** Arguments: shares, sums, pixels of an image. */
  private static Kernel sum() {
    KernelBuilder kernel = new KernelBuilder("categorical_rows", OF_ROW);
    Team team = new Team(kernel, OF_ROW);
    GlobalArray shares = kernel.array(Type.F64);
    GlobalArray sums = kernel.array(Type.F64);
    Value pixels = kernel.argument(Type.S32);
    Value first = kernel.block().times(pixels);
    Value sum = team.sum(first, first.plus(pixels), shares::load);
    team.one(() -> sums.store(kernel.block(), sum));
    return kernel.build();
  }

  /** Arguments: those of a pixel, logSums, the derivative by each row, that by the logits. */
  private static Kernel differentiate(int levels) {
    Pixel pixel = new Pixel("categorical_backward", levels);
    KernelBuilder kernel = pixel.kernel;
    Value logSum = kernel.array(Type.F64).load(kernel.block()).to(Type.F32);
    Value by = kernel.array(Type.F64).load(pixel.row).to(Type.F32);
    GlobalArray byLogits = kernel.array(Type.F32);
    pixel.team.each(
        levels,
        k -> {
          Value share = Elementary.exp(pixel.logit(k).minus(logSum));
          Value given = share.number(0).blend(1, k.isEqual(pixel.given));
          byLogits.store(pixel.start.plus(k), by.times(given.minus(share)));
        });
    return kernel.build();
  }
}
