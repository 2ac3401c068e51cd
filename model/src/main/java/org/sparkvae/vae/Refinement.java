package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * An image's posterior, improved from the encoder's: its parameters ascend the image's ELBO by
 * Adam, the model being fixed; then its noise may take the covariance that the curvature of the
 * image's log p(x, z) asks for. On buffers that are allocated once.
 *
 * <p>Images are taken one by one. Rows of a product depend, in their last bits, on their place in
 * it, so that an image among others would not have bits of its own; and with some fifty samples a
 * step, products are nearly as fast as those of many images.
 */
public final class Refinement implements Proposer {
  /** Forgets faster than in training: steps are few, and their gradients have little noise. */
  private static final Adam ADAM = new Adam(0.7, 0.9, 1e-8);

  private final Refined settings;
  private final Encoding encoding;
  private final Program program;
  private final Matrix x;
  private final List<Matrix> posterior;
  private final Rows logLikelihood;
  private final List<KlTerm> klTerms;
  private final double[] weights;
  private final List<INDArray> moments = new ArrayList<>();
  private final List<Steps> steps = new ArrayList<>();
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
    curvature =
        settings.covariance() == Refined.Covariance.FULL
            ? Optional.of(new Curvature(model, parameters))
            : Optional.empty();
    Recorder recorder = new Recorder(1, settings.samples());
    Batch image = Batch.of(recorder, model.x());
    x = image.images();
    posterior = model.posterior(recorder);
    if (posterior.isEmpty()) {
      throw new IllegalArgumentException("the model has no posterior that could be refined");
    }
    Terms terms = model.model().on(recorder, image, posterior);
    logLikelihood = terms.logLikelihood();
    Bound bound = new Elbo(settings.samples(), Elbo.Kl.ANALYTIC);
    klTerms = terms.latents().stream().map(z -> KlTerm.of(z, bound)).toList();
    List<Rows> results =
        Stream.concat(klTerms.stream().flatMap(KlTerm::rows), Stream.of(logLikelihood)).toList();
    program = Program.by(recorder, model.layout(), parameters, posterior, results);
    program.forwardOfParameters();
    // The loss is the ELBO negated, of which each sample has an equal share.
    weights = new double[settings.samples()];
    Arrays.fill(weights, -1.0 / settings.samples());
    for (Matrix of : posterior) {
      INDArray flat = of.value().reshape(of.value().length());
      List<INDArray> own = List.of(flat.like(), flat.like());
      moments.addAll(own);
      steps.add(Steps.ofMoments(ADAM, 1, of.value(), of.gradient(), own));
    }
  }

  @Override
  public Proposed propose(float[] image, long key) {
    List<INDArray> refined = refine(image, key);
    return new Proposed(refined, curvature.map(of -> of.factor(image, refined)));
  }

  private List<INDArray> refine(float[] image, long key) {
    List<INDArray> encoded = encoding.posterior(image);
    for (int i = 0; i < encoded.size(); i++) {
      posterior.get(i).value().assign(encoded.get(i));
    }
    moments.forEach(moment -> moment.assign(0));
    program.kernels().copyIn(image, x.value());
    for (int step = 0; step < settings.steps(); step++) {
      differentiate(key, step);
      double rate = settings.learningRate() * Math.sqrt(1 - (double) step / settings.steps());
      for (Steps of : steps) {
        of.take(rate, step + 1);
      }
    }
    return posterior.stream().map(Matrix::value).toList();
  }

  /** Sets the derivatives of the loss by the parameters; every step has samples of its own. */
  private void differentiate(long key, int step) {
    long first = (long) step * settings.samples();
    program.noise().draw(key, 0, first, settings.samples());
    program.noise().send();
    program.forwardNoiseFree();
    program.forwardNoisy();
    System.arraycopy(weights, 0, logLikelihood.gradient(), 0, weights.length);
    klTerms.forEach(term -> term.differentiate(1, weights));
    program.backward();
  }
}
