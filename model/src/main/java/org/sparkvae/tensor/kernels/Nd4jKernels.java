package org.sparkvae.tensor.kernels;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
      case LEAKY_RELU -> a.assign(Transforms.max(a.mul(Activation.LEAK), a, true));
      default -> throw new AssertionError(f);
    }
  }

  @Override
  public void activateBackward(INDArray output, INDArray gradient, Activation f) {
    switch (f) {
      case IDENTITY -> {}
      case TANH -> gradient.muli(output.mul(output).rsubi(1));
      case RELU -> gradient.muli(output.gt(0).castTo(output.dataType()));
      case SOFTPLUS -> gradient.muli(expm1(output.neg()).negi());
      case ELU -> gradient.muli(Transforms.min(output, 0, true).addi(1));
      case LEAKY_RELU -> {
        INDArray above = output.gt(0).castTo(output.dataType());
        gradient.muli(above.muli(1 - Activation.LEAK).addi(Activation.LEAK));
      }
      default -> throw new AssertionError(f);
    }
  }

  @Override
  public void sumColumns(INDArray a, double beta, INDArray sums) {
    accumulate(beta, sums, a.sum(0));
  }

  @Override
  public Run formulas(Frame frame, DataType type) {
    return new PlainRun(frame, type);
  }

  @Override
  public <T> T fitting(T inHostMemory, T anywhere) {
    return anywhere;
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
  public void adamax(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray norm,
      double rate,
      double beta1,
      double beta2,
      double epsilon) {
    firstMoment.muli(beta1).addi(gradient.mul(1 - beta1));
    norm.assign(Transforms.max(norm.mul(beta2), Transforms.abs(gradient), false));
    parameters.subi(firstMoment.mul(rate).divi(norm.add(epsilon)));
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

  /** log(1 + e^a) = max(a, 0) + log(1 + e^-|a|), safe for large |a|. */
  private static INDArray softplus(INDArray a) {
    INDArray tail = Transforms.exp(Transforms.abs(a, true).negi(), false);
    return Nd4j.math.log1p(tail).addi(Transforms.max(a, 0, true));
  }

  private static INDArray expm1(INDArray a) {
    return Nd4j.math.expm1(a);
  }

  private static INDArray column(double[] values, DataType type) {
    return Nd4j.createFromArray(values).castTo(type).reshape(values.length, 1);
  }
}
