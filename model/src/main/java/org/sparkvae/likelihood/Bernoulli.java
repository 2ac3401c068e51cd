package org.sparkvae.likelihood;

import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.SIGMOID;
import static org.sparkvae.tensor.formula.Function.STEP;

import java.util.Map;
import java.util.Optional;
import org.sparkvae.density.BernoulliFormula;
import org.sparkvae.density.BernoulliLogLikelihood;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.distribution.Information;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;

/**
 * Independent Bernoulli pixels whose logits are affine in the decoder's body (Kingma & Welling,
 * appendix C.1).
 */
public record Bernoulli() implements Likelihood {
  @Override
  public Distribution given(Recorder recorder, Matrix features, Shape x) {
    Start start = new Start.OfMeanImage(Bernoulli::start);
    return new Given(Head.of(recorder, features, x.values(), start));
  }

  @Override
  public Support support() {
    return Support.BITS;
  }

  /** The bias starts at the logit of the mean image, clipped to 0.001 .. 0.999. */
  private static float[] start(float[] meanImage) {
    float[] logits = new float[meanImage.length];
    for (int d = 0; d < logits.length; d++) {
      double p = Math.min(0.999, Math.max(0.001, meanImage[d]));
      logits[d] = (float) StrictMath.log(p / (1 - p));
    }
    return logits;
  }

  private record Given(Head logits) implements Distribution {
    private static final Formula.Operand PRODUCT = value("product");
    private static final Formula.Operand BIAS = column("bias");
    private static final Formula.Operand UNIFORM = value("uniform");
    private static final Formula MEAN = PRODUCT.plus(BIAS).apply(SIGMOID);

    @Override
    public Rows logDensity(Matrix x) {
      return BernoulliLogLikelihood.of(logits.recorder(), x, logits.product(), logits.bias());
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(
          BernoulliLogLikelihood.ofEach(logits.recorder(), x, logits.product(), logits.bias()));
    }

    @Override
    public Matrix mean() {
      return logits.recorder().map(MEAN, Map.of(PRODUCT, logits.product(), BIAS, logits.bias()));
    }

    /** p (1 - p) of a logit. */
    @Override
    public Optional<Information> information() {
      Matrix output = logits.output();
      Formula root = BernoulliFormula.rootOfInformation(PRODUCT);
      Matrix of = logits.recorder().map(root, Map.of(PRODUCT, output));
      return Optional.of(new Information(output, logits.recorder().held(of)));
    }

    @Override
    public Matrix sample() {
      Matrix product = logits.product();
      Matrix uniform = logits.recorder().uniform(product.columns());
      return logits
          .recorder()
          .map(
              MEAN.minus(UNIFORM).apply(STEP),
              Map.of(PRODUCT, product, BIAS, logits.bias(), UNIFORM, uniform));
    }
  }
}
