package org.sparkvae.annealing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Model;

/** What annealed chains ask of a model. */
public final class AnnealingLimits {
  private AnnealingLimits() {}

  /**
   * What a model lacks, if anything.
   *
   * @return the setting at fault below the estimator's own, and what is wrong with it
   */
  public static Optional<Contradiction> of(Model model, Annealed how) {
    Optional<Contradiction> ofCodes = ofCodes(model);
    if (ofCodes.isPresent()) {
      return ofCodes;
    }
    if (model.layers() > 1 && how.start() == Annealed.Start.PRIOR) {
      return Optional.of(
          new Contradiction(
              "start",
              String.format(
                  Locale.ROOT,
                  "is prior, and chains from there move codes of one stochastic layer, but the model has %d; set it to encoder",
                  model.layers())));
    }
    if (model.layers() > 1 && how.simulated() > 0) {
      return Optional.of(
          new Contradiction(
              "simulated",
              String.format(
                  Locale.ROOT,
                  "is %d, but images are simulated with codes of one stochastic layer, and the model has %d; set it to 0",
                  how.simulated(),
                  model.layers())));
    }
    ImageModel tiny = new ImageModel(Shape.vector(1), model);
    if (how.simulated() > 0 && !Simulation.canInvert(tiny, how.start())) {
      return Optional.of(
          new Contradiction(
              "simulated",
              "is "
                  + how.simulated()
                  + ", but from a code there is no way back to the noise that such a posterior made"
                  + " it of; set it to 0, or evaluation.estimator.start = prior"));
    }
    return Optional.empty();
  }

  /** What a model's codes lack, whatever the chains, if anything; as {@link #of}. */
  public static Optional<Contradiction> ofCodes(Model model) {
    Recorder scratch = new Recorder(1, 1);
    model.on(scratch, Batch.of(scratch, Shape.vector(1)));
    if (!isSmooth(scratch.noise())) {
      return Optional.of(
          new Contradiction(
              "type",
              "is annealed, whose chains move along derivatives, but the model's codes are not"
                  + " continuous; set it to importance"));
    }
    return Optional.empty();
  }

  /** Whether codes are a smooth function of standard normal noise. */
  static boolean isSmooth(List<Matrix> noise) {
    return !noise.isEmpty() && noise.stream().allMatch(Matrix::isNormal);
  }
}
