package org.sparkvae.objective;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.estimator.DoublyReparameterised;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.estimator.ScoreFunction;
import org.sparkvae.estimator.StickingTheLanding;
import org.sparkvae.estimator.Vimco;
import org.sparkvae.kinds.Names;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Latent;
import org.sparkvae.vae.Model;
import org.sparkvae.vae.Terms;

/** What a bound, the estimator of its gradient and a model ask of one another in vain. */
public final class ObjectiveLimits {
  private ObjectiveLimits() {}

  /** The first such thing, if any; the setting is below those of training. */
  public static Optional<Contradiction> of(Model model, Bound bound, Estimator estimator) {
    if (!model.hasLogLikelihood()) {
      return ofReconstruction(model, bound, estimator);
    }
    Optional<String> misfit = estimator.misfit(bound);
    if (misfit.isPresent()) {
      return Optional.of(
          new Contradiction(
              "estimator.type",
              "is %s, which %s".formatted(Names.of(estimator.getClass()), misfit.get())));
    }
    Recorder scratch = new Recorder(1, 1);
    Terms terms = model.on(scratch, new Batch(Shape.vector(1), scratch.constant(1, 1)));
    if (estimator.scoresDraws() && !terms.latents().stream().allMatch(ObjectiveLimits::isScored)) {
      return Optional.of(
          new Contradiction(
              "estimator.type",
              "is %s, which needs the density of given draws, and this model.posterior tells that of"
                      .formatted(Names.of(estimator.getClass()))
                  + " its own alone; set it to reparameterised, or choose another posterior"));
    }
    if (!estimator.takesLayers(bound) && model.layers() > 1) {
      return Optional.of(
          new Contradiction(
              "estimator.type",
              String.format(
                  Locale.ROOT,
                  "is %s, which holds for one stochastic layer under this training.bound, but the model has %d; set it to reparameterised",
                  Names.of(estimator.getClass()),
                  model.layers())));
    }
    if (!estimator.takesAnyDraws() && model.hasEncoder() && !terms.arePathwise()) {
      return Optional.of(
          new Contradiction(
              "estimator.type",
              "is %s, whose derivatives flow through draws, but this model draws bits; set it to score-function, nvil, vimco or rws"
                  .formatted(Names.of(estimator.getClass()))));
    }
    if (bound.freeBits() > 0
        && !terms.latents().stream().allMatch(z -> z.klOfDimensions().isPresent())) {
      return Optional.of(
          new Contradiction(
              "bound.free-bits",
              "is above 0, which needs the KL of each dimension in closed form: that of a"
                  + " diagonal-gaussian posterior and a standard-normal prior; choose these, or set"
                  + " it to 0"));
    }
    return Optional.empty();
  }

  /** Whether an estimator hands states on from step to step. */
  public static boolean keepsStates(Estimator estimator, Bound bound) {
    Recorder scratch = new Recorder(1, 1);
    estimator.on(scratch, bound).beside(scratch, Shape.vector(1), scratch.constant(1, 1));
    return !scratch.layout().states().isEmpty();
  }

  /** There is no choice where the codes of a model are not drawn. */
  private static Optional<Contradiction> ofReconstruction(
      Model model, Bound bound, Estimator estimator) {
    String why =
        ", but a model of type %s has no bound on log p(x) and draws nothing; leave it out"
            .formatted(Names.of(model.getClass()));
    if (!estimator.equals(new Reparameterised())) {
      return Optional.of(
          new Contradiction(
              "estimator.type", "is %s%s".formatted(Names.of(estimator.getClass()), why)));
    }
    if (!(bound instanceof Elbo elbo)) {
      return Optional.of(
          new Contradiction("bound.type", "is %s%s".formatted(Names.of(bound.getClass()), why)));
    }
    if (elbo.samples() != 1) {
      return Optional.of(
          new Contradiction(
              "bound.samples", String.format(Locale.ROOT, "is %d%s", elbo.samples(), why)));
    }
    if (elbo.freeBits() > 0) {
      return Optional.of(new Contradiction("bound.free-bits", "is above 0" + why));
    }
    return elbo.kl() == Elbo.Kl.ANALYTIC
        ? Optional.empty()
        : Optional.of(new Contradiction("bound.kl", "is %s%s".formatted(Names.of(elbo.kl()), why)));
  }

  /**
   * The estimators that go with a bound and a model, each of another gradient.
   *
   * @param own what the model is trained by, which stands for all of its kind
   */
  public static List<Estimator> estimators(Model model, Bound bound, Estimator own) {
    List<Estimator> known =
        List.of(
            new Reparameterised(),
            new StickingTheLanding(),
            new DoublyReparameterised(),
            new ScoreFunction(),
            new Vimco());
    return Stream.concat(
            known.stream().map(one -> one.getClass() == own.getClass() ? own : one), Stream.of(own))
        .distinct()
        .filter(one -> !(one instanceof DoublyReparameterised) || bound.power() != 0)
        .filter(one -> of(model, bound, one).isEmpty())
        .toList();
  }

  private static boolean isScored(Latent z) {
    return z.posterior().logDensityOf(z.drawn().value()).isPresent();
  }
}
