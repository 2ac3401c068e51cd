package org.sparkvae.vae;

import static org.sparkvae.step.Measure.Per.IMAGE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.estimator.Estimation;
import org.sparkvae.step.ImageBuffer;
import org.sparkvae.step.Measure;
import org.sparkvae.step.Measures;
import org.sparkvae.step.Player;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Use;
import org.sparkvae.tensor.kernels.FlatVector;

/**
 * The training objective on one minibatch shape: its value and its gradient, on buffers that are
 * allocated once.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Objective implements Player {
  /** The bound L(x). */
  public static final Measure BOUND = new Measure("bound", "bound, nats", IMAGE);

  /** What a step optimises: L(x) with its KL weight, no bound where that is not 1 or L is none. */
  public static final Measure WEIGHTED = new Measure("weighted_objective", "weighted, nats", IMAGE);

  /** E_q[log p(x|z)], from the step's samples. */
  public static final Measure RECONSTRUCTION =
      new Measure("reconstruction", "reconstruction, nats", IMAGE);

  /** KL(q(z|x) || p(z)): in closed form or from the step's samples, as the bound takes it. */
  public static final Measure KL = new Measure("kl", "KL, nats", IMAGE);

  /** What the codes of a model without log p(x) cost, which stands for {@link #KL}. */
  public static final Measure PENALTY = new Measure("penalty", "penalty, nats", IMAGE);

  /**
   * What a step measures that maximises a bound: {@link #BOUND} only of a lower bound of a model
   * that has log p(x).
   */
  public static List<Measure> measures(Model model, Bound bound) {
    if (!model.hasLogLikelihood()) {
      return List.of(WEIGHTED, RECONSTRUCTION, PENALTY);
    }
    return bound.isLowerBound()
        ? List.of(BOUND, WEIGHTED, RECONSTRUCTION, KL)
        : List.of(WEIGHTED, RECONSTRUCTION, KL);
  }

  private final ObjectiveSpec objective;
  private final int batch;
  private final int samples;

  /** The model's part of the vectors, without what the estimator keeps. */
  private final INDArray ofModel;

  private final INDArray slopeOfModel;
  private final Program program;
  private final Matrix x;
  private final Estimation estimation;
  private final Rows logLikelihood;
  private final List<KlTerm> klTerms;
  private final ImageBuffer pixels;
  private final double[] logWeights;
  private final double[] weights;
  private final double[] values;
  private final List<Measure> measures;

  /**
   * Builds the computation.
   *
   * @param objective what is maximised
   * @param batch M, images per minibatch
   * @param parameters the flat vector of {@link ImageModel#layout(ObjectiveSpec)}, [1, P] or [P];
   *     read, never written
   * @param gradient the flat gradient vector of the same length, for steps of training; or null for
   *     values only, of what the trained model says
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
    Use use = gradient == null ? Use.SCORING : Use.TRAINING;
    Recorder recorder = new Recorder(use, batch, samples);
    Batch images = Batch.of(recorder, model.x());
    x = images.images();
    estimation = objective.estimator().on(recorder, objective.bound());
    Model of = model.model();
    Terms terms = of.on(recorder, images, of.posterior(recorder, images), estimation);
    logLikelihood = terms.logLikelihood();
    klTerms = terms.latents().stream().map(z -> KlTerm.of(recorder, z, objective)).toList();
    estimation.beside(recorder, model.x(), x);
    Stream<Rows> ofKl = klTerms.stream().flatMap(KlTerm::rows);
    List<Rows> results =
        Stream.of(ofKl, Stream.of(logLikelihood), estimation.rows().stream())
            .flatMap(rows -> rows)
            .toList();
    program = new Program(recorder, model.layout(objective), parameters, gradient, results);
    ofModel = FlatVector.part(parameters, 0, model.parameters());
    slopeOfModel = gradient == null ? null : FlatVector.part(gradient, 0, ofModel.length());
    int rows = Math.multiplyExact(samples, batch);
    pixels = new ImageBuffer(program.kernels(), batch, x.columns());
    logWeights = new double[rows];
    weights = new double[rows];
    values = new double[batch];
    measures = measures(of, objective.bound());
  }

  @Override
  public String name() {
    return "model";
  }

  /** It moves every block. */
  @Override
  public boolean moves(ParameterLayout.Block block) {
    return true;
  }

  @Override
  public int turns() {
    return 1;
  }

  @Override
  public ImageBuffer pixels() {
    return pixels;
  }

  @Override
  public NoiseBuffers noise() {
    return program.noise();
  }

  /**
   * Value and gradient: sets the gradient vector to the derivative of the LOSS -J by the
   * parameters, J = (N/M) sum_i L(x_i) - (lambda/2) |theta|^2 (Kingma & Welling, eq. 8); of what
   * the estimator keeps, as it says.
   *
   * @throws IllegalStateException where there is no gradient vector
   */
  @Override
  public Measures differentiate(StepSettings settings) {
    begin();
    // Where all samples weigh alike, a device goes on while its values are on their way.
    boolean awaits = objective.bound().power() != 0 || estimation.steersByLogWeights();
    Measures before = awaits ? measure(settings) : Measures.NONE;
    if (!awaits) {
      Arrays.fill(weights, 1.0 / samples);
    }
    differentiateBy(klWeight(settings));
    return awaits ? before : measure(settings);
  }

  private void differentiateBy(double klWeight) {
    double scale = -(double) objective.trainingImages() / batch;
    for (int r = 0; r < weights.length; r++) {
      weights[r] *= scale;
    }
    System.arraycopy(weights, 0, logLikelihood.gradient(), 0, weights.length);
    for (KlTerm term : klTerms) {
      term.differentiate(klWeight, weights);
    }
    estimation.steer(klWeight, scale, logWeights, weights);
    program.kernels().send(estimation.steering().stream().map(Rows::value).toList());
    program.backward();
    if (objective.weightPriorPrecision() > 0) {
      program.kernels().addScaled(objective.weightPriorPrecision(), ofModel, slopeOfModel);
    }
  }

  /** The value alone. */
  public Measures value(StepSettings settings) {
    begin();
    return measure(settings);
  }

  private void begin() {
    pixels.send(x);
    program.noise().send();
    program.start();
  }

  private Measures measure(StepSettings settings) {
    double klWeight = klWeight(settings);
    program.await();
    double reconstruction = sum(logLikelihood.value()) / samples;
    if (!measures.contains(BOUND)) {
      return new Measures(measures, batch, sumOfBounds(klWeight), reconstruction, sumOfKl());
    }
    double whole = sumOfBounds(1);
    // Last, so that the samples' weights are those of what is optimised.
    double weighted = klWeight == 1 ? whole : sumOfBounds(klWeight);
    return new Measures(measures, batch, whole, weighted, reconstruction, sumOfKl());
  }

  /** Floating-point operations of the matrix products of a minibatch's forward pass. */
  public double flops() {
    return program.flops();
  }

  /** The weights of the samples in the last value, [samples * images], not a copy. */
  public double[] weights() {
    return weights;
  }

  private double klWeight(StepSettings settings) {
    return objective.bound().klWeight() * settings.klWeight();
  }

  /** The sum over images of L at a weight of the KL term; sets the weights of the samples. */
  private double sumOfBounds(double klWeight) {
    System.arraycopy(logLikelihood.value(), 0, logWeights, 0, logWeights.length);
    for (KlTerm term : klTerms) {
      term.subtract(klWeight, logWeights);
    }
    objective.bound().apply(logWeights, values, weights);
    return sum(values);
  }

  private double sumOfKl() {
    double sum = 0;
    for (KlTerm term : klTerms) {
      sum += term.sumOverImages(samples);
    }
    return sum;
  }

  private static double sum(double[] terms) {
    double sum = 0;
    for (double term : terms) {
      sum += term;
    }
    return sum;
  }
}
