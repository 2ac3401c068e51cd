package org.sparkvae.prior;

import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.Map;
import java.util.Optional;
import org.sparkvae.density.BernoulliFormula;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;

/**
 * Independent bits, p(z) = prod_d m_d^z_d (1 - m_d)^(1 - z_d), for posteriors of bits: the topmost
 * layer of a sigmoid belief network (Neal, 1992).
 *
 * <p>All m are 1/2, or sigmoids of the parameters "logits" [latent], which start from 0. With bits
 * of means m' in the posterior, the KL term is sum_d m'_d log(m'_d / m_d) + (1 - m'_d) log((1 -
 * m'_d) / (1 - m_d)), nats, which for m = 1/2 is sum_d m' log m' + (1 - m') log(1 - m') + log 2.
 *
 * @param means what they are
 */
public record Bernoulli(
    @Setting(says = "The bits' means: half (1/2 each) or learned.", otherwise = "half") Means means)
    implements Prior {
  private static final String NEED = "that draws bits";
  private static final Formula.Operand LOGIT = column("logit");
  private static final Formula.Operand OF_POSTERIOR = value("logit of the posterior");
  private static final Formula.Operand ZERO = value("zero");
  private static final Formula KL = BernoulliFormula.kl(OF_POSTERIOR, LOGIT);

  /** What the means are. */
  public enum Means {
    /** 1/2 each. */
    HALF,
    /** Parameters. */
    LEARNED
  }

  @Override
  public Scorable on(Recorder recorder, int latent, Amortised posterior) {
    return new On(recorder, latent, logits(recorder, latent));
  }

  private Argument logits(Recorder recorder, int latent) {
    return switch (means) {
      case HALF -> Matrix.of(1, latent, new double[latent]);
      case LEARNED -> recorder.vector("logits", latent, new Start.Constant(0));
    };
  }

  @Override
  public Optional<String> missing(Samplable q) {
    return q.logits().isPresent() ? Optional.empty() : Optional.of(NEED);
  }

  @Override
  public Optional<Matrix> klOfDimensions(Recorder recorder, Samplable q) {
    return q.logits().map(ofPosterior -> recorder.map(KL, operands(recorder, ofPosterior)));
  }

  @Override
  public Optional<Rows> kl(Recorder recorder, Samplable q) {
    return q.logits()
        .map(ofPosterior -> recorder.sumOverColumns(KL, operands(recorder, ofPosterior)));
  }

  private Map<Formula.Operand, Argument> operands(Recorder recorder, Matrix ofPosterior) {
    return Map.of(OF_POSTERIOR, ofPosterior, LOGIT, logits(recorder, ofPosterior.columns()));
  }

  /**
   * The bits.
   *
   * @param ofBits logits of their means, [latent]
   */
  private record On(Recorder recorder, int latent, Argument ofBits) implements Scorable {
    @Override
    public Drawn draw() {
      Matrix z =
          recorder.map(
              BernoulliFormula.drawn(LOGIT),
              Map.of(LOGIT, ofBits, BernoulliFormula.UNIFORM, recorder.uniform(latent)));
      return new Drawn(z, logDensity(z), false);
    }

    @Override
    public Rows logDensity(Matrix z) {
      return recorder.sumOverColumns(
          BernoulliFormula.logProbability(LOGIT), Map.of(BernoulliFormula.BITS, z, LOGIT, ofBits));
    }

    @Override
    public Optional<Rows> logDensityOf(Matrix draws) {
      return Optional.of(logDensity(draws));
    }

    @Override
    public Matrix mean() {
      Matrix zeros = recorder.constant(recorder.images(), latent);
      return recorder.map(
          BernoulliFormula.mean(LOGIT).plus(ZERO), Map.of(LOGIT, ofBits, ZERO, zeros));
    }
  }
}
