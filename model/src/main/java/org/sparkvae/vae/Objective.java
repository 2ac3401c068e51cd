package org.sparkvae.vae;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * The training objective on one minibatch shape: its value and its gradient, on buffers that are
 * allocated once.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Objective {
  private final ObjectiveSpec objective;
  private final int batch;
  private final int samples;
  private final INDArray parameters;
  private final INDArray gradient;
  private final Program program;
  private final Matrix x;
  private final Rows logLikelihood;
  private final List<KlTerm> klTerms;
  private final float[] hostImages;
  private final double[] logWeights;
  private final double[] weights;
  private final double[] values;

  /**
   * Builds the computation.
   *
   * @param objective what is maximised
   * @param batch M, images per minibatch
   * @param parameters the flat parameter vector ([1, P] or [P]); read, never written
   * @param gradient the flat gradient vector of the same length, or null for values only
   */
  public Objective(
      ImageModel model,
      ObjectiveSpec objective,
      int batch,
      INDArray parameters,
      INDArray gradient) {
    this.objective = objective;
    this.batch = batch;
    this.samples = objective.bound().samples();
    this.parameters = parameters;
    this.gradient = gradient;
    Recorder recorder = new Recorder(batch, samples);
    Batch images = Batch.of(recorder, model.x());
    x = images.images();
    Terms terms = model.model().on(recorder, images);
    logLikelihood = terms.logLikelihood();
    klTerms = terms.latents().stream().map(z -> KlTerm.of(z, objective.bound())).toList();
    List<Rows> results =
        Stream.concat(klTerms.stream().flatMap(KlTerm::rows), Stream.of(logLikelihood)).toList();
    program = new Program(recorder, model.layout(), parameters, gradient, results);
    int rows = Math.multiplyExact(samples, batch);
    hostImages = new float[Math.multiplyExact(batch, x.columns())];
    logWeights = new double[rows];
    weights = new double[rows];
    values = new double[batch];
  }

  /** The host buffer for the images, [batch * pixels], values in [0, 1]; fill it before a call. */
  public float[] images() {
    return hostImages;
  }

  /** The noise of the images, [samples] of each; draw it before a call. */
  public NoiseBuffers noise() {
    return program.noise();
  }

  /**
   * Value and gradient: sets the gradient vector to the derivative of the LOSS -J by the
   * parameters, J = (N/M) sum_i L(x_i) - (lambda/2) |theta|^2 (Kingma & Welling, eq. 8).
   *
   * @param klWeight the weight of the KL term (1 but during warm-up)
   */
  public ObjectiveValue differentiate(double klWeight) {
    ObjectiveValue value = value(klWeight);
    double scale = -(double) objective.trainingImages() / batch;
    for (int r = 0; r < weights.length; r++) {
      weights[r] *= scale;
    }
    System.arraycopy(weights, 0, logLikelihood.gradient(), 0, weights.length);
    klTerms.forEach(term -> term.differentiate(klWeight, weights));
    program.backward();
    if (objective.weightPriorPrecision() > 0) {
      program.kernels().addScaled(objective.weightPriorPrecision(), parameters, gradient);
    }
    return value;
  }

  /** The value alone. */
  public ObjectiveValue value(double klWeight) {
    program.kernels().copyIn(hostImages, x.value());
    program.noise().send();
    program.forward();
    double whole = sumOfBounds(1);
    // Last, so that the samples' weights are those of what is optimised.
    double weighted = klWeight == 1 ? whole : sumOfBounds(klWeight);
    return new ObjectiveValue(
        batch,
        whole,
        weighted,
        sum(logLikelihood.value()) / samples,
        klTerms.stream().mapToDouble(term -> term.sumOverImages(samples)).sum());
  }

  /** The sum over images of L at a weight of the KL term; sets the weights of the samples. */
  private double sumOfBounds(double klWeight) {
    System.arraycopy(logLikelihood.value(), 0, logWeights, 0, logWeights.length);
    klTerms.forEach(term -> term.subtract(klWeight, logWeights));
    objective.bound().apply(logWeights, values, weights);
    return sum(values);
  }

  private static double sum(double[] terms) {
    double sum = 0;
    for (double term : terms) {
      sum += term;
    }
    return sum;
  }
}
