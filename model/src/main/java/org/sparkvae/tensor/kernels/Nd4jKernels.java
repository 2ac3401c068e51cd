package org.sparkvae.tensor.kernels;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparkvae.host.FloatSource;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.PlainRun;
import org.sparkvae.tensor.formula.Run;

/**
 * The kernels in plain ND4J operations: any backend, float32 or float64.
 *
 * <p>It allocates as it goes; where the fused loops can run they are preferred, and tested against
 * this class.
 */
final class Nd4jKernels implements Kernels {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  @Override
  public void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c) {
    INDArray product =
        (transposeA ? a.transpose() : a).mmul(transposeB ? b.transpose() : b).castTo(c.dataType());
    accumulate(beta, c, product);
  }

  @Override
  public void activate(INDArray a, INDArray bias, Activation f) {
    a.addiRowVector(bias);
    switch (f) {
      case IDENTITY -> {}
      case TANH -> Transforms.tanh(a, false);
      case RELU -> a.assign(Transforms.max(a, 0, true));
      case SOFTPLUS -> a.assign(softplus(a));
      case ELU -> a.assign(Transforms.max(a, 0, true).addi(expm1(Transforms.min(a, 0, true))));
      default -> throw new AssertionError(f);
    }
  }

  @Override
  public void activateBackward(
      INDArray output, INDArray gradient, Activation f, double beta, INDArray biasGradient) {
    switch (f) {
      case IDENTITY -> {}
      case TANH -> gradient.muli(output.mul(output).rsubi(1));
      case RELU -> gradient.muli(output.gt(0).castTo(output.dataType()));
      case SOFTPLUS -> gradient.muli(expm1(output.neg()).negi());
      case ELU -> gradient.muli(Transforms.min(output, 0, true).addi(1));
      default -> throw new AssertionError(f);
    }
    accumulate(beta, biasGradient, gradient.sum(0));
  }

  @Override
  public void gaussianSample(INDArray packed, INDArray noise, INDArray z) {
    INDArray deviation = Transforms.exp(logVariance(packed).mul(0.5), false);
    INDArray sample =
        bySample(noise, packed)
            .mul(oneSample(deviation))
            .addi(oneSampleOf(mean(packed), z, packed));
    z.assign(sample.reshape('c', z.shape()));
  }

  @Override
  public void gaussianSampleBackward(
      INDArray packed, INDArray noise, INDArray zGradient, double beta, INDArray packedGradient) {
    INDArray halfDeviation = Transforms.exp(logVariance(packed).mul(0.5), false).muli(0.5);
    INDArray byMean = bySample(zGradient, packed).sum(0);
    INDArray byLogVariance = bySample(zGradient.mul(noise), packed).sum(0).muli(halfDeviation);
    accumulate(beta, mean(packedGradient), byMean);
    accumulate(beta, logVariance(packedGradient), byLogVariance);
  }

  @Override
  public void gaussianSampleLogDensity(INDArray packed, INDArray noise, double[] out) {
    INDArray byImage = logVariance(packed).sum(1).addi(noise.columns() * LOG_2PI);
    double[] squares = rowSums(noise.mul(noise));
    double[] constants = byImage.toDoubleVector();
    for (int r = 0; r < out.length; r++) {
      out[r] = -0.5 * (constants[r % constants.length] + squares[r]);
    }
  }

  @Override
  public void gaussianSampleLogDensityBackward(
      double[] rowGradient, double beta, INDArray packedGradient) {
    int images = packedGradient.rows();
    double[] perImage = new double[images];
    for (int r = 0; r < rowGradient.length; r++) {
      perImage[r % images] -= 0.5 * rowGradient[r];
    }
    if (beta == 0) {
      packedGradient.assign(0);
    }
    logVariance(packedGradient).addiColumnVector(column(perImage, packedGradient.dataType()));
  }

  @Override
  public void standardNormalLogDensity(INDArray z, double[] out) {
    double[] squares = rowSums(z.mul(z));
    for (int r = 0; r < out.length; r++) {
      out[r] = -0.5 * (z.columns() * LOG_2PI + squares[r]);
    }
  }

  @Override
  public void standardNormalLogDensityBackward(
      INDArray z, double[] rowGradient, double beta, INDArray zGradient) {
    accumulate(beta, zGradient, z.neg().muliColumnVector(column(rowGradient, z.dataType())));
  }

  @Override
  public void standardNormalKl(INDArray packed, double[] out) {
    INDArray mean = mean(packed);
    INDArray logVariance = logVariance(packed);
    INDArray terms =
        Transforms.exp(logVariance, true).addi(mean.mul(mean)).subi(1).subi(logVariance).muli(0.5);
    System.arraycopy(rowSums(terms), 0, out, 0, out.length);
  }

  @Override
  public void standardNormalKlBackward(
      INDArray packed, double[] rowGradient, double beta, INDArray packedGradient) {
    INDArray row = column(rowGradient, packed.dataType());
    INDArray byLogVariance = Transforms.exp(logVariance(packed), true).subi(1).muli(0.5);
    accumulate(beta, mean(packedGradient), mean(packed).mulColumnVector(row));
    accumulate(beta, logVariance(packedGradient), byLogVariance.muliColumnVector(row));
  }

  @Override
  public void bernoulliLogLikelihood(
      INDArray x, INDArray logits, INDArray bias, double[] out, INDArray residual) {
    INDArray l = logits.addRowVector(bias);
    INDArray images = bySample(l, x);
    INDArray terms = images.mul(oneSample(x)).subi(softplus(images));
    System.arraycopy(rowSums(terms.reshape('c', l.shape())), 0, out, 0, out.length);
    if (residual != null) {
      INDArray derivative = Transforms.sigmoid(images, true).rsubi(0).addi(oneSampleOf(x, l, x));
      residual.assign(derivative.reshape('c', l.shape()));
    }
  }

  @Override
  public void gaussianLogLikelihood(
      INDArray x, INDArray packed, double minVariance, double[] out, INDArray residual) {
    INDArray means = mean(packed).dup('c');
    INDArray raw = logVariance(packed).dup('c');
    INDArray variance = softplus(raw).addi(minVariance);
    INDArray error = difference(x, means);
    INDArray scaled = error.div(variance);
    INDArray terms =
        Transforms.log(variance, true).addi(LOG_2PI).addi(scaled.mul(error)).muli(-0.5);
    System.arraycopy(rowSums(terms), 0, out, 0, out.length);
    if (residual != null) {
      INDArray byRaw =
          scaled.mul(scaled).subi(variance.rdiv(1)).muli(0.5).muli(Transforms.sigmoid(raw, true));
      mean(residual).assign(scaled);
      logVariance(residual).assign(byRaw);
    }
  }

  @Override
  public void gaussianSharedLogLikelihood(
      INDArray x,
      INDArray means,
      INDArray raw,
      double minVariance,
      double[] out,
      INDArray residual,
      double[] rawDerivative) {
    double r = raw.getDouble(0);
    double variance = minVariance + Math.max(r, 0) + Math.log1p(Math.exp(-Math.abs(r)));
    double slope = 1 / (1 + Math.exp(-r));
    INDArray error = difference(x, means);
    double[] squares = rowSums(error.mul(error));
    int pixels = means.columns();
    for (int i = 0; i < out.length; i++) {
      out[i] = -0.5 * (pixels * (LOG_2PI + Math.log(variance)) + squares[i] / variance);
      if (residual != null) {
        rawDerivative[i] = 0.5 * slope * (squares[i] / variance - pixels) / variance;
      }
    }
    if (residual != null) {
      residual.assign(error.divi(variance));
    }
  }

  @Override
  public Run formulas(Frame frame, DataType type) {
    return new PlainRun(frame, type);
  }

  @Override
  public void scaleRows(INDArray a, double[] row) {
    a.muliColumnVector(column(row, a.dataType()));
  }

  @Override
  public void addScaled(double alpha, INDArray x, INDArray y) {
    y.addi(x.mul(alpha).reshape(y.shape()));
  }

  @Override
  public double sumOfSquares(INDArray a) {
    INDArray wide = a.castTo(DataType.DOUBLE);
    return wide.mul(wide).sumNumber().doubleValue();
  }

  @Override
  public void adam(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2) {
    firstMoment.muli(beta1).addi(gradient.mul(1 - beta1));
    secondMoment.muli(beta2).addi(gradient.mul(gradient).muli(1 - beta2));
    INDArray denominator = Transforms.sqrt(secondMoment.div(correction2), false).addi(epsilon);
    parameters.subi(firstMoment.mul(rate / correction1).divi(denominator));
  }

  @Override
  public void momentum(
      INDArray parameters, INDArray gradient, INDArray velocity, double rate, double momentum) {
    velocity.muli(momentum).addi(gradient);
    parameters.subi(velocity.mul(rate));
  }

  @Override
  public void copyIn(float[] host, INDArray array) {
    int length = Math.toIntExact(array.length());
    float[] exact = host.length == length ? host : Arrays.copyOf(host, length);
    array.assign(Nd4j.createFromArray(exact).castTo(array.dataType()).reshape(array.shape()));
  }

  @Override
  public void copyOut(INDArray array, float[] host) {
    System.arraycopy(values(array), 0, host, 0, Math.toIntExact(array.length()));
  }

  @Override
  public FloatSource source(INDArray array) {
    return FloatSource.of(values(array));
  }

  @Override
  public String toString() {
    return "plain operations";
  }

  private static float[] values(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  private static void accumulate(double beta, INDArray target, INDArray value) {
    INDArray shaped = value.reshape('c', target.shape());
    if (beta == 0) {
      target.assign(shaped);
    } else {
      target.muli(beta).addi(shaped);
    }
  }

  /** [samples * images, n] as [samples, images, n]. */
  private static INDArray bySample(INDArray rows, INDArray images) {
    long count = images.rows();
    return rows.reshape('c', rows.rows() / count, count, rows.columns());
  }

  /** [images, n] as [1, images, n]. */
  private static INDArray oneSample(INDArray images) {
    return images.reshape('c', 1, images.rows(), images.columns());
  }

  /** [images, n] repeated for every sample: [samples, images, n]. */
  private static INDArray oneSampleOf(INDArray values, INDArray rows, INDArray images) {
    long samples = rows.rows() / images.rows();
    INDArray repeated = Nd4j.create(values.dataType(), samples, values.rows(), values.columns());
    return repeated.addi(oneSample(values));
  }

  private static INDArray difference(INDArray x, INDArray means) {
    return oneSampleOf(x, means, x).subi(bySample(means, x)).reshape('c', means.shape());
  }

  private static INDArray mean(INDArray packed) {
    return packed.get(NDArrayIndex.all(), NDArrayIndex.interval(0, packed.columns() / 2));
  }

  private static INDArray logVariance(INDArray packed) {
    return packed.get(
        NDArrayIndex.all(), NDArrayIndex.interval(packed.columns() / 2, packed.columns()));
  }

  /** log(1 + e^a) = max(a, 0) + log(1 + e^-|a|), safe for large |a|. */
  private static INDArray softplus(INDArray a) {
    INDArray tail = Transforms.exp(Transforms.abs(a, true).negi(), false);
    return Nd4j.math.log1p(tail).addi(Transforms.max(a, 0, true));
  }

  private static INDArray expm1(INDArray a) {
    return Nd4j.math.expm1(a);
  }

  private static double[] rowSums(INDArray terms) {
    return terms.castTo(DataType.DOUBLE).sum(1).toDoubleVector();
  }

  private static INDArray column(double[] values, DataType type) {
    return Nd4j.createFromArray(values).castTo(type).reshape(values.length, 1);
  }
}
