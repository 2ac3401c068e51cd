package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;

/** Every gradient against central differences in float64, and float32 against float64. */
class ObjectiveGradientTest {
  private static final Bound ALWAYS = new Elbo(3, Elbo.Kl.ANALYTIC);

  /** The one that a model without log p(x) takes. */
  private static final Bound RECONSTRUCTION = new Elbo(1, Elbo.Kl.ANALYTIC);

  private static final Estimator ESTIMATOR = new Reparameterised();
  private static final int TRAINING_IMAGES = 40;
  private static final double KL_WEIGHT = 0.7;
  private static final double PRECISION = 0.3;

  /** Of so many bounds, a model takes one. */
  private static final int BETWEEN = 7;

  /** Every model under one bound and under two more, in turn; the first under every bound. */
  static Stream<Arguments> models() {
    List<ImageModel> specs = ModelCases.specs();
    List<Bound> bounds = ModelCases.bounds();
    List<Arguments> pairs = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      for (int b = 0; b < bounds.size(); b++) {
        Bound bound = bounds.get(b);
        boolean inTurn = Math.floorMod(b - i, bounds.size()) % BETWEEN == 0;
        if ((i == 0 || inTurn || bound.equals(ALWAYS))
            && ObjectiveLimits.of(specs.get(i).model(), bound, ESTIMATOR).isEmpty()) {
          pairs.add(Arguments.of(specs.get(i), bound));
        }
      }
    }
    ModelCases.reconstructing().forEach(spec -> pairs.add(Arguments.of(spec, RECONSTRUCTION)));
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientEqualsCentralDifferences(ImageModel spec, Bound bound) {
    INDArray parameters = ModelCases.parameters(spec, DataType.DOUBLE, 11);
    INDArray gradient = Nd4j.valueArrayOf(parameters.shape(), Double.NaN, DataType.DOUBLE);
    ObjectiveSpec objectiveSpec = new ObjectiveSpec(bound, TRAINING_IMAGES, PRECISION);
    Objective objective =
        new Objective(spec, objectiveSpec, ModelCases.BATCH, parameters, gradient);
    ModelCases.fill(objective, spec, bound.samples(), 12);
    objective.differentiate(new StepSettings(0, KL_WEIGHT));
    double[] analytic = gradient.toDoubleVector();
    for (ParameterLayout.Block block : spec.layout().blocks()) {
      double[] direction = direction(block, analytic.length);
      double slope = 0;
      for (int i = 0; i < analytic.length; i++) {
        slope += analytic[i] * direction[i];
      }
      assertThat(slope)
          .as("along a direction of %s", block.name())
          .isCloseTo(
              numericSlope(objective, parameters, direction),
              within(1e-5 * Math.max(10, Math.abs(slope))));
    }
  }

  /** Random values in a block, 0 elsewhere: no derivative of the block goes without a part. */
  private static double[] direction(ParameterLayout.Block block, int length) {
    Random random = new Random(block.offset());
    double[] direction = new double[length];
    for (int i = 0; i < block.length(); i++) {
      direction[(int) block.offset() + i] = random.nextGaussian();
    }
    return direction;
  }

  private static double numericSlope(Objective objective, INDArray parameters, double[] direction) {
    double h = 1e-6;
    INDArray step = Nd4j.createFromArray(direction).muli(h);
    INDArray centre = parameters.dup();
    parameters.addi(step);
    double above = loss(objective, parameters);
    parameters.assign(centre).subi(step);
    double below = loss(objective, parameters);
    parameters.assign(centre);
    return (above - below) / (2 * h);
  }

  @ParameterizedTest
  @MethodSource("models")
  void float32AgreesWithFloat64(ImageModel spec, Bound bound) {
    double[] wide = gradient(spec, bound, DataType.DOUBLE);
    double[] narrow = gradient(spec, bound, DataType.FLOAT);
    double scale = 0;
    for (double g : wide) {
      scale = Math.max(scale, Math.abs(g));
    }
    assertThat(narrow).containsExactly(wide, within(2e-5 * scale));
  }

  private static double[] gradient(ImageModel spec, Bound bound, DataType type) {
    INDArray parameters = ModelCases.parameters(spec, type, 11);
    INDArray gradient = Nd4j.valueArrayOf(parameters.shape(), Double.NaN, type);
    Objective objective =
        new Objective(
            spec,
            new ObjectiveSpec(bound, TRAINING_IMAGES, PRECISION),
            ModelCases.BATCH,
            parameters,
            gradient);
    ModelCases.fill(objective, spec, bound.samples(), 12);
    objective.differentiate(new StepSettings(0, KL_WEIGHT));
    return gradient.toDoubleVector();
  }

  private static double loss(Objective objective, INDArray parameters) {
    Measures value = objective.value(new StepSettings(0, KL_WEIGHT));
    double squares = parameters.mul(parameters).sumNumber().doubleValue();
    double scale = (double) TRAINING_IMAGES / ModelCases.BATCH;
    return -scale * value.sum(Objective.WEIGHTED) + 0.5 * PRECISION * squares;
  }
}
