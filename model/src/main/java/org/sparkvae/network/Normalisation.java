package org.sparkvae.network;

import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;
import static org.sparkvae.tensor.formula.Function.SQRT;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.Statistic;
import org.sparkvae.tensor.Use;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/** How the sums of a dense layer are normalised before its activation. */
public sealed interface Normalisation extends Serializable {
  /**
   * Records a dense layer.
   *
   * @param x [rows, in]
   * @param out units
   */
  Matrix layer(Recorder recorder, Matrix x, int out, Activation activation);

  /** Not at all. */
  record None() implements Normalisation {
    @Override
    public Matrix layer(Recorder recorder, Matrix x, int out, Activation activation) {
      return recorder.dense(x, out, activation);
    }
  }

  /**
   * To mean 0 and variance 1, then scaled and shifted (Ioffe & Szegedy, "Batch normalization",
   * 2015, algorithms 1 and 2): f(scale (a - mean) / sqrt(variance + epsilon) + bias), a = x weight.
   *
   * <p>In training, mean and variance are those of the minibatch. Afterwards they are the
   * parameters mean and log-variance, which no gradient of the bound moves: they are collected anew
   * from the training images after every epoch, so that averages over workers do not blur them. A
   * prior on the weights counts them too, and draws them towards 0 until then; no training step
   * reads them.
   *
   * @param epsilon added to the variance
   */
  record Batch(
      @Setting(says = "Added to the variance of a unit.", otherwise = "1e-5", above = 0)
          double epsilon)
      implements Normalisation {
    private static final Start ZERO = new Start.Constant(0);
    private static final Start ONE = new Start.Constant(1);
    private static final Formula.Operand SUM = value("sum");
    private static final Formula.Operand SCALE = column("scale");
    private static final Formula.Operand BIAS = column("bias");
    private static final Formula.Operand MEAN = column("mean");
    private static final Formula.Operand LOG_VARIANCE = column("log-variance");

    /** Checks what is added. */
    public Batch {
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("epsilon must be above 0, but is " + epsilon);
      }
    }

    @Override
    public Matrix layer(Recorder recorder, Matrix x, int out, Activation activation) {
      Matrix sum = recorder.linear(x, recorder.weight("weight", x.columns(), out));
      Parameter scale = recorder.vector("scale", out, ONE);
      Parameter bias = recorder.vector("bias", out, ZERO);
      Parameter mean = recorder.vector("mean", out, ZERO);
      Parameter logVariance = recorder.vector("log-variance", out, ZERO);
      if (recorder.use() == Use.SCORING) {
        Formula deviation = LOG_VARIANCE.apply(EXP).plus(epsilon).apply(SQRT);
        Formula scaled = SUM.minus(MEAN).over(deviation).times(SCALE).plus(BIAS);
        return recorder.map(
            ActivationFormula.of(activation, scaled),
            Map.of(SUM, sum, MEAN, mean, LOG_VARIANCE, logVariance, SCALE, scale, BIAS, bias));
      }
      int rows = sum.rows();
      if (recorder.use() == Use.COLLECTING) {
        Matrix moments = HostLoop.of(recorder, List.of(sum), 1, 2 * out, new Moments(rows, out));
        recorder.collect(new Statistic(mean, logVariance, moments));
      }
      Matrix normal =
          HostLoop.of(recorder, List.of(sum), rows, out, new Standardised(rows, out, epsilon));
      return recorder.map(
          ActivationFormula.of(activation, SUM.times(SCALE).plus(BIAS)),
          Map.of(SUM, normal, SCALE, scale, BIAS, bias));
    }
  }
}
