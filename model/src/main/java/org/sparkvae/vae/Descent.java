package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.PrecisionWeighted;
import org.sparkvae.prior.Prior;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** The variables of a {@link Ladder} as they are drawn for images, from the topmost down. */
final class Descent {
  private final DiagonalGaussian gaussian;
  private final Draws draws;
  private final Prior prior;
  private final Recorder ofPrior;
  private final IntFunction<Scorable> top;
  private final List<Matrix> messages;
  private final List<Latent> latents = new ArrayList<>();

  /**
   * Before any is drawn.
   *
   * @param gaussian the family of every variable's posterior
   * @param prior of the topmost variable
   * @param ofPrior a recorder at its name
   * @param top records it, by its dimensions
   * @param messages what images say of each variable, means and log-variances, [images, 2n], from
   *     the variable next to the image on
   */
  Descent(
      DiagonalGaussian gaussian,
      Draws draws,
      Prior prior,
      Recorder ofPrior,
      IntFunction<Scorable> top,
      List<Matrix> messages) {
    this.gaussian = gaussian;
    this.draws = draws;
    this.prior = prior;
    this.ofPrior = ofPrior;
    this.top = top;
    this.messages = messages;
  }

  /** Dimensions of a variable, from 0 for the one next to the image. */
  int dimensions(int place) {
    return messages.get(place).columns() / 2;
  }

  /**
   * Records a draw of the next variable.
   *
   * @param place from 0 for the variable next to the image
   * @param conditional mean and log-variance of it given what is drawn above, [samples * images,
   *     2n]; empty for the topmost one
   */
  Matrix draw(Recorder recorder, int place, Optional<Matrix> conditional) {
    Latent latent =
        conditional
            .map(given -> lower(recorder, place, given))
            .orElseGet(() -> topmost(recorder, place));
    latents.add(0, latent);
    return latent.drawn().value();
  }

  private Latent topmost(Recorder recorder, int place) {
    Inferred z = inferred(recorder, place, messages.get(place));
    return z.under(name(place), prior, ofPrior, top.apply(dimensions(place)));
  }

  private Latent lower(Recorder recorder, int place, Matrix conditional) {
    Matrix merged = PrecisionWeighted.of(recorder, messages.get(place), conditional);
    Inferred z = inferred(recorder, place, merged);
    Rows logPrior =
        gaussian
            .of(recorder, List.of(conditional), dimensions(place))
            .logDensityOf(z.drawn().value())
            .orElseThrow();
    return z.bySamples(name(place), logPrior);
  }

  private Inferred inferred(Recorder recorder, int place, Matrix packed) {
    return Inferred.of(recorder, gaussian, List.of(packed), dimensions(place), draws);
  }

  private static String name(int place) {
    return "z" + (place + 1);
  }

  /** Those drawn, from the one next to the image on. */
  List<Latent> latents() {
    return latents;
  }
}
