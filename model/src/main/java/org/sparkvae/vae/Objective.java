package org.sparkvae.vae;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.BoundSpec;
import org.sparkvae.tensor.Matrix;
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
  private final Bound bound;
  private final int batch;
  private final int samples;
  private final INDArray parameters;
  private final INDArray gradient;
  private final Program program;
  private final Matrix x;
  private final Matrix noise;
  private final Rows logLikelihood;
  private final KlTerm klTerm;
  private final float[] hostImages;
  private final float[] hostNoise;
  private final double[] logWeights;
  private final double[] weights;
  private final double[] values;

  /**
   * Builds the computation.
   *
   * @param spec the model
   * @param objective what is maximised
   * @param batch M, images per minibatch
   * @param parameters the flat parameter vector ([1, P] or [P]); read, never written
   * @param gradient the flat gradient vector of the same length, or null for values only
   */
  public Objective(
      VaeSpec spec, ObjectiveSpec objective, int batch, INDArray parameters, INDArray gradient) {
    Vae vae = new Vae(spec);
    this.objective = objective;
    this.bound = Bound.of(objective.bound());
    this.batch = batch;
    this.samples = objective.bound().samples();
    this.parameters = parameters;
    this.gradient = gradient;
    Recorder recorder = new Recorder(batch, samples);
    x = recorder.constant(batch, spec.pixels());
    Terms terms = vae.on(recorder, x);
    noise = terms.noise();
    logLikelihood = terms.logLikelihood();
    klTerm =
        objective.bound() instanceof BoundSpec.Elbo elbo && elbo.kl() == BoundSpec.Kl.ANALYTIC
            ? new KlTerm.Analytic(terms.kl())
            : new KlTerm.MonteCarlo(terms.logPrior(), terms.logPosterior());
    List<Rows> results = Stream.concat(klTerm.rows(), Stream.of(logLikelihood)).toList();
    program = new Program(recorder, vae.layout(), parameters, gradient, results);
    int rows = Math.multiplyExact(samples, batch);
    hostImages = new float[Math.multiplyExact(batch, spec.pixels())];
    hostNoise = new float[Math.multiplyExact(rows, spec.latent())];
    logWeights = new double[rows];
    weights = new double[rows];
    values = new double[batch];
  }

  /** The host buffer for the images, [batch * pixels], values in [0, 1]; fill it before a call. */
  public float[] images() {
    return hostImages;
  }

  /**
   * The host buffer for standard normal noise, [samples * batch * latent], sample-major; fill it
   * before a call.
   */
  public float[] noise() {
    return hostNoise;
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
    klTerm.differentiate(klWeight, weights);
    program.backward();
    if (objective.weightPriorPrecision() > 0) {
      program.kernels().addScaled(objective.weightPriorPrecision(), parameters, gradient);
    }
    return value;
  }

  /** The value alone. */
  public ObjectiveValue value(double klWeight) {
    program.kernels().copyIn(hostImages, x.value());
    program.kernels().copyIn(hostNoise, noise.value());
    program.forward();
    double whole = sumOfBounds(1);
    // Last, so that the samples' weights are those of what is optimised.
    double weighted = klWeight == 1 ? whole : sumOfBounds(klWeight);
    return new ObjectiveValue(
        batch,
        whole,
        weighted,
        sum(logLikelihood.value()) / samples,
        klTerm.sumOverImages(samples));
  }

  /** The sum over images of L at a weight of the KL term; sets the weights of the samples. */
  private double sumOfBounds(double klWeight) {
    System.arraycopy(logLikelihood.value(), 0, logWeights, 0, logWeights.length);
    klTerm.subtract(klWeight, logWeights);
    bound.apply(logWeights, values, weights);
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
