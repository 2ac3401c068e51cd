package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Elbo;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Normalisation;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Activation;

class LayerStatisticsTest {
  private static final int BATCH = 6;
  private static final Mlp BODY =
      new Mlp(List.of(5, 4), Activation.TANH, new Normalisation.Batch(1e-3), 0);
  private static final ImageModel MODEL =
      new ImageModel(
          Shape.vector(ModelCases.PIXELS), new Vae(ModelCases.LATENT, BODY, BODY, new Bernoulli()));

  /** Statistics of one minibatch make of scoring what training makes of that minibatch. */
  @Test
  void scoringByAMinibatchIsTrainingOnIt() {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.DOUBLE, 3);
    ObjectiveSpec spec = new ObjectiveSpec(new Elbo(1, Elbo.Kl.MONTE_CARLO), 1, 0);
    Objective training = new Objective(MODEL, spec, BATCH, parameters, parameters.like());
    ModelCases.fill(training, MODEL, 1, 4);
    double inTraining = training.value(StepSettings.NONE).sum(Objective.BOUND);

    LayerStatistics statistics = new LayerStatistics(MODEL, BATCH, parameters);
    System.arraycopy(training.images(), 0, statistics.images(), 0, training.images().length);
    for (int image = 0; image < BATCH; image++) {
      statistics.noise().draw(ModelCases.key(4, image), image);
    }
    double[] sums = statistics.sums();
    assertThat(sums).hasSize(LayerStatistics.count(MODEL)).hasSize(2 * (5 + 4 + 5 + 4));
    LayerStatistics.write(MODEL, sums, BATCH, parameters);

    Objective scoring = new Objective(MODEL, spec, BATCH, parameters, null);
    ModelCases.fill(scoring, MODEL, 1, 4);
    // They are stored as float32.
    assertThat(scoring.value(StepSettings.NONE).sum(Objective.BOUND))
        .isCloseTo(inTraining, within(1e-5));
  }

  /** No layer of a model without an encoder sees the images. */
  @Test
  void imagesNeedNotReachALayer() {
    ImageModel model =
        new ImageModel(
            Shape.vector(ModelCases.PIXELS),
            new DensityNetwork(
                ModelCases.LATENT,
                new StandardNormal(),
                BODY,
                new Bernoulli(),
                new Initialisation.Glorot()));
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 3);
    LayerStatistics statistics = new LayerStatistics(model, BATCH, parameters);
    for (int image = 0; image < BATCH; image++) {
      statistics.noise().draw(ModelCases.key(4, image), image);
    }

    assertThat(statistics.sums())
        .hasSize(LayerStatistics.count(model))
        .hasSize(2 * (5 + 4))
        .satisfies(sums -> assertThat(sums[0]).isNotZero().isFinite());
  }

  /** The statistics of two minibatches are those of their moments by count. */
  @Test
  void sumsAddUpByCount() {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.FLOAT, 3);
    double[] sums = {
      // Of one unit: 2 images of mean 1 and mean square 3, and 6 of mean 5 and mean square 27.
      2 * 1 + 6 * 5, 2 * 3 + 6 * 27
    };
    ImageModel one =
        new ImageModel(
            Shape.vector(ModelCases.PIXELS),
            new Vae(
                1,
                new Mlp(List.of(1), Activation.TANH, new Normalisation.Batch(1e-3), 0),
                new Mlp(List.of(), Activation.TANH),
                new Bernoulli()));
    INDArray ofOne = ModelCases.parameters(one, DataType.FLOAT, 3);
    LayerStatistics.write(one, sums, 8, ofOne);
    assertThat(ofOne.getFloat(one.layout().block("encoder.0.mean").offset())).isEqualTo(4f);
    assertThat(ofOne.getFloat(one.layout().block("encoder.0.log-variance").offset()))
        .isEqualTo((float) Math.log(21 - 16));
    assertThat(LayerStatistics.count(ModelCases.specs().get(0))).isZero();
    assertThat(parameters.length()).isEqualTo(MODEL.parameters());
  }
}
