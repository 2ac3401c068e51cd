package org.sparkvae.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Elbo;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.KlTerm;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Terms;

/**
 * An image's posterior that ascends the image's ELBO by steps of Adam on its parameters, the model
 * being fixed; on buffers that are allocated once.
 *
 * <p>Images are taken one by one. Rows of a product depend, in their last bits, on their place in
 * it, so that an image among others would not have bits of its own. A step's samples are pairs of
 * opposite noise: where log p(x, z) is a parabola, the derivative by the mean has no variance. Not
 * thread-safe.
 */
final class Ascent {
  private final int samples;
  private final Program program;
  private final Matrix x;
  private final List<Matrix> posterior;
  private final Rows logLikelihood;
  private final List<KlTerm> klTerms;
  private final double[] weights;
  private final List<INDArray> moments = new ArrayList<>();
  private final List<Steps> steps = new ArrayList<>();

  /**
   * Builds the computation.
   *
   * @param parameters the model's flat parameter vector, which stays as it is
   * @param kernels that its steps run on
   * @param samples of a step
   * @param moved those of the posterior's parameters that steps move
   * @throws IllegalArgumentException where the model has no parameters of a posterior
   */
  Ascent(
      ImageModel model,
      INDArray parameters,
      Kernels kernels,
      int samples,
      Adam adam,
      UnaryOperator<List<Matrix>> moved) {
    this.samples = samples;
    Recorder recorder = new Recorder(1, samples);
    Batch image = Batch.of(recorder, model.x());
    x = image.images();
    posterior = model.posterior(recorder);
    if (posterior.isEmpty()) {
      throw new IllegalArgumentException("the model has no posterior that could be refined");
    }
    Terms terms = model.model().on(recorder, image, posterior);
    logLikelihood = terms.logLikelihood();
    ObjectiveSpec elbo = new ObjectiveSpec(new Elbo(samples, Elbo.Kl.ANALYTIC), 1, 0);
    klTerms = terms.latents().stream().map(z -> KlTerm.of(recorder, z, elbo)).toList();
    List<Rows> results =
        Stream.concat(klTerms.stream().flatMap(KlTerm::rows), Stream.of(logLikelihood)).toList();
    List<Matrix> variables = moved.apply(posterior);
    program = Program.by(kernels, recorder, model.layout(), parameters, variables, results);
    program.forwardOfParameters();
    // The loss is the ELBO negated, of which each sample has an equal share.
    weights = new double[samples];
    Arrays.fill(weights, -1.0 / samples);
    for (Matrix of : variables) {
      INDArray flat = of.value().reshape(of.value().length());
      List<INDArray> own = List.of(flat.like(), flat.like());
      moments.addAll(own);
      steps.add(Steps.ofMoments(adam, 1, of.value(), of.gradient(), own));
    }
  }

  /**
   * Takes steps.
   *
   * @param image [values], in [0, 1]
   * @param start the parameters of the posterior to start from, each [1, n]
   * @param key of the image's noise; every step has samples of its own
   * @param count how many
   * @param rate the step size, by the part of the steps that is left, from 1 down
   * @return the parameters that were reached, each [1, n], until the next call; not copies
   */
  List<INDArray> climb(
      float[] image, List<INDArray> start, long key, int count, DoubleUnaryOperator rate) {
    for (int i = 0; i < start.size(); i++) {
      program.kernels().copy(start.get(i), posterior.get(i).value());
    }
    moments.forEach(program.kernels()::clear);
    program.kernels().copyIn(image, x.value());
    for (int step = 0; step < count; step++) {
      differentiate(key, (long) step * samples);
      double size = rate.applyAsDouble(1 - (double) step / count);
      for (Steps of : steps) {
        of.take(size, step + 1);
      }
    }
    return posterior.stream().map(Matrix::value).toList();
  }

  /** Sets the derivatives of the loss by the parameters. */
  private void differentiate(long key, long firstSample) {
    program.noise().draw(key, 0, firstSample, samples);
    program.noise().mirror(0);
    program.noise().send();
    program.forwardNoiseFree();
    program.forwardNoisy();
    System.arraycopy(weights, 0, logLikelihood.gradient(), 0, weights.length);
    klTerms.forEach(term -> term.differentiate(1, weights));
    program.backward();
  }
}
