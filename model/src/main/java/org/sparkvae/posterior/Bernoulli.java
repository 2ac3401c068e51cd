package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Function.NEGATE;
import static org.sparkvae.tensor.formula.Function.SOFTPLUS;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.density.BernoulliFormula;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Information;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Independent bits, q(z|x) = prod_d m_d^z_d (1 - m_d)^(1 - z_d), z_d 0 or 1 (Mnih & Gregor, "Neural
 * variational inference and learning in belief networks", 2014, eq. 14).
 *
 * <p>An affine head on the body, weight [n, latent] and bias [latent], gives the logits of the
 * means m, [images, latent]. log q(z|x) = sum_d z_d l_d - log(1 + e^l_d), nats, is told of any
 * values. No derivative flows through a draw: estimators weigh its score.
 */
public record Bernoulli() implements Posterior {
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    return List.of(recorder.dense(features, latent, Activation.IDENTITY));
  }

  @Override
  public Posterior generative() {
    return this;
  }

  @Override
  public Optional<Misfit> misfitAsBase(int latent) {
    return Optional.of(
        new Misfit(
            "type", "is bernoulli, whose draws are bits, which no map bends; choose another"));
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    return new Given(recorder, parameters.get(0));
  }

  /**
   * The bits of each image.
   *
   * @param ofBits their logits, [images, latent]
   */
  private record Given(Recorder recorder, Matrix ofBits) implements Samplable {
    private static final Formula.Operand LOGIT = image("logit");

    @Override
    public Drawn draw() {
      Matrix z =
          recorder.map(
              BernoulliFormula.drawn(LOGIT),
              Map.of(
                  LOGIT,
                  recorder.held(ofBits),
                  BernoulliFormula.UNIFORM,
                  recorder.uniform(ofBits.columns())));
      return new Drawn(z, logProbability(z), false);
    }

    private Rows logProbability(Matrix z) {
      return recorder.sumOverColumns(
          BernoulliFormula.logProbability(LOGIT), Map.of(BernoulliFormula.BITS, z, LOGIT, ofBits));
    }

    @Override
    public Matrix mean() {
      return recorder.map(BernoulliFormula.mean(LOGIT), Map.of(LOGIT, ofBits));
    }

    /** m (1 - m) of a logit. */
    @Override
    public Optional<Information> information() {
      Matrix root = recorder.map(BernoulliFormula.rootOfInformation(LOGIT), Map.of(LOGIT, ofBits));
      return Optional.of(new Information(ofBits, recorder.held(root)));
    }

    @Override
    public Optional<Matrix> logits() {
      return Optional.of(ofBits);
    }

    @Override
    public Optional<Rows> logDensityOf(Matrix draws) {
      return Optional.of(logProbability(draws));
    }

    /** The inner products of values and logits, and an offset. */
    @Override
    public Optional<Matrix> logDensities(Matrix values) {
      Matrix offsets = recorder.map(LOGIT.apply(SOFTPLUS).apply(NEGATE), Map.of(LOGIT, ofBits));
      return Optional.of(recorder.innerProducts(List.of(values), List.of(ofBits), offsets));
    }
  }
}
