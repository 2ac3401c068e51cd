package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;

import java.nio.ByteBuffer;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The Bernoulli log-likelihood per row from logits: sum_d x_d l_d - log(1 + e^l_d), with l = logits
 * + bias.
 */
public final class BernoulliLogLikelihood {
  private static final Formula.Operand X = image("x");
  private static final Formula.Operand LOGITS = value("logits");
  private static final Formula.Operand BIAS = column("bias");
  private static final Formula L = LOGITS.plus(BIAS);
  private static final Formula NATS = X.times(L).minus(L.apply(Function.SOFTPLUS));

  private BernoulliLogLikelihood() {}

  /**
   * Records it, [rows].
   *
   * @param x [images, pixels] in [0, 1]
   * @param logits without the bias, [rows, pixels], as {@link Recorder#product} gives them
   * @param bias [pixels]
   */
  public static Rows of(Recorder recorder, Matrix x, Matrix logits, Parameter bias) {
    return recorder.sumOverColumns(
        NATS, Map.of(X, x, LOGITS, logits, BIAS, bias), out -> new Loops(x, logits, bias, out));
  }

  /** Records the share of each pixel, [rows, pixels]. */
  public static Matrix ofEach(Recorder recorder, Matrix x, Matrix logits, Parameter bias) {
    return recorder.map(NATS, Map.of(X, x, LOGITS, logits, BIAS, bias));
  }

  /** The forward pass leaves the derivative by the logits, x - sigmoid(l), in their gradient. */
  private record Loops(Matrix x, Matrix logits, Parameter bias, Rows out) implements Computation {
    @Override
    public void forward(Kernels kernels) {
      ByteBuffer target = bytes(x.value());
      ByteBuffer products = bytes(logits.value());
      ByteBuffer shift = bytes(bias.value());
      INDArray residual = logits.gradient();
      if (residual == null) {
        new VectorBernoulliValue(target, products, shift).score(out.value());
      } else {
        new VectorBernoulli(target, products, shift).score(out.value(), bytes(residual));
      }
      HostFloats.keep(x.value(), logits.value(), bias.value(), residual);
    }

    @Override
    public void backward(Kernels kernels) {
      Residual.scale(kernels, logits, out);
      if (bias.differentiable()) {
        kernels.sumColumns(logits.gradient(), bias.claim(), bias.gradient());
      }
    }
  }
}
