package org.sparkvae.proposal;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.network.Shape;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Model;
import org.sparkvae.vae.Terms;

/**
 * An image's posterior, improved from the encoder's: its parameters ascend the image's ELBO, the
 * model being fixed; then its noise may take the covariance that the curvature of the image's log
 * p(x, z) asks for. On buffers that are allocated once.
 */
public final class Refinement implements Proposer {
  /** Forgets faster than in training: steps are few, and their gradients have little noise. */
  private static final Adam ADAM = new Adam(0.5, 0.9, 1e-8);

  private final Refined settings;
  private final Encoding encoding;
  private final Ascent ascent;
  private final Optional<Curvature> curvature;

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @throws IllegalArgumentException where the model has no parameters of a posterior
   */
  public Refinement(ImageModel model, INDArray parameters, Refined settings) {
    this.settings = settings;
    encoding = new Encoding(model, parameters);
    Kernels kernels = Kernels.of(parameters).forFewRows();
    ascent =
        new Ascent(model, parameters, kernels, settings.samples(), ADAM, model.model()::movable);
    curvature =
        settings.covariance() == Refined.Covariance.FULL
            ? Optional.of(new Curvature(model, parameters))
            : Optional.empty();
  }

  /** What is wrong with the type of a proposal that refines a model's posteriors, if anything. */
  public static Optional<Contradiction> contradiction(Model model) {
    if (new ImageModel(Shape.vector(1), model).posterior(new Recorder(1, 1)).isEmpty()) {
      return Optional.of(
          new Contradiction(
              "type",
              "is refined, but the model has no posterior that could be; set it to encoder, for"
                  + " draws of the prior"));
    }
    Recorder scratch = new Recorder(1, 1);
    Terms terms = model.on(scratch, Batch.of(scratch, Shape.vector(1)));
    return terms.arePathwise()
        ? Optional.empty()
        : Optional.of(
            new Contradiction(
                "type",
                "is refined, which climbs along derivatives through draws, but this model draws bits;"
                    + " set it to encoder"));
  }

  @Override
  public Proposed propose(float[] image, long key) {
    List<INDArray> refined =
        ascent.climb(
            image,
            encoding.posterior(image),
            key,
            settings.steps(),
            left -> settings.learningRate() * Math.sqrt(left));
    return new Proposed(refined, curvature.map(of -> of.factor(image, refined)));
  }
}
