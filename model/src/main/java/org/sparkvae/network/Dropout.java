package org.sparkvae.network;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.STEP;

import java.util.Map;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Use;
import org.sparkvae.tensor.formula.Formula;

/**
 * Leaves values out of a training step, each with a probability, and divides those that stay by the
 * rest of it, so that their mean is kept (Srivastava et al., "Dropout", 2014, section 10).
 */
final class Dropout {
  private static final Formula.Operand H = value("h");
  private static final Formula.Operand U = value("u");

  private Dropout() {}

  /**
   * Records it: in training alone, and of what comes from images or draws. What comes from
   * parameters alone, as a VampPrior's pseudo-inputs, stays whole, as it is when it scores.
   *
   * @param h [images, n] or [samples * images, n], or of parameters alone
   * @param probability of a value to be left out, from 0 to below 1
   */
  static Matrix of(Recorder recorder, Matrix h, double probability) {
    if (probability == 0 || recorder.use() != Use.TRAINING || recorder.isOfParameters(h)) {
      return h;
    }
    Matrix u =
        h.rows() == recorder.images()
            ? recorder.uniformOfImages(h.columns())
            : recorder.uniform(h.columns());
    Formula kept = U.minus(probability).apply(STEP).times(1 / (1 - probability));
    return recorder.map(H.times(kept), Map.of(H, h, U, u));
  }

  /** Refuses what is no such probability. */
  static void check(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout must be at least 0 and below 1, but is " + probability);
    }
  }
}
