package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.codec.Codec;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.kernels.Activation;

class InitialParametersTest {
  private static final Mlp BODY = new Mlp(List.of(200, 200), Activation.TANH);

  @Test
  void countsThePublishedModel() {
    ImageModel spec = new ImageModel(Shape.vector(784), new Vae(50, BODY, BODY, new Bernoulli()));
    int encoder = 784 * 200 + 200 + 200 * 200 + 200 + 200 * 100 + 100;
    int decoder = 50 * 200 + 200 + 200 * 200 + 200 + 200 * 784 + 784;
    assertThat(spec.parameters()).isEqualTo(encoder + decoder);
  }

  @Test
  void weightsFillTheGlorotIntervalAndBiasesAreZero() {
    ImageModel spec = new ImageModel(Shape.vector(784), new Vae(50, BODY, BODY, new Bernoulli()));
    INDArray parameters = initialised(spec, new float[784]);
    for (ParameterLayout.Block block : spec.layout().blocks()) {
      double[] values = values(parameters, block);
      if (block.start() instanceof Start.Glorot) {
        double limit = Math.sqrt(6.0 / (block.rows() + block.columns()));
        double mean = 0;
        double square = 0;
        for (double v : values) {
          assertThat(v).isBetween(-limit, limit);
          mean += v / values.length;
          square += v * v / values.length;
        }
        double standardError = limit / Math.sqrt(3.0 * values.length);
        assertThat(mean).as(block.name()).isCloseTo(0, within(5 * standardError));
        assertThat(square).as(block.name()).isCloseTo(limit * limit / 3, within(0.03 * square));
      } else if (!block.name().startsWith("likelihood")) {
        assertThat(values).containsOnly(0);
      }
    }
  }

  @Test
  void equalLayersStartFromDifferentWeights() {
    ImageModel spec = new ImageModel(Shape.vector(784), new Vae(50, BODY, BODY, new Bernoulli()));
    INDArray parameters = initialised(spec, new float[784]);
    ParameterLayout layout = spec.layout();
    assertThat(values(parameters, layout.block("encoder.1.weight")))
        .isNotEqualTo(values(parameters, layout.block("decoder.1.weight")));
  }

  @Test
  void decodingStartsAtTheMeanImage() {
    float[] mean = {0.0f, 0.2f, 0.5f, 0.9f, 1.0f, 0.35f, 0.65f};
    for (Likelihood likelihood : ModelCases.likelihoods()) {
      Mlp body = new Mlp(List.of(4), Activation.TANH);
      ImageModel spec = new ImageModel(Shape.vector(7), new Vae(2, body, body, likelihood));
      INDArray parameters = initialised(spec, mean);
      float[] decoded = new Codec(spec, parameters).decode(new float[][] {{0, 0}})[0];
      for (int d = 0; d < mean.length; d++) {
        assertThat(decoded[d])
            .as(likelihood.toString())
            .isCloseTo(mean[d], within(near(spec.model().support(), mean[d])));
      }
    }
  }

  /** Tails that are folded onto levels move a mean; black and white are out of reach of others. */
  private static float near(Support support, float mean) {
    if (support == Support.LEVELS) {
      return 0.08f;
    }
    return mean == 0 || mean == 1 ? 0.0101f : 0.0011f;
  }

  @Test
  void aMeanImageOfAnotherSizeIsRefused() {
    ImageModel spec = ModelCases.specs().get(0);
    assertThatThrownBy(() -> initialised(spec, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mean image of 3 values for 7 pixels");
  }

  private static INDArray initialised(ImageModel spec, float[] mean) {
    INDArray parameters =
        Nd4j.valueArrayOf(new long[] {spec.parameters()}, Double.NaN, DataType.FLOAT);
    spec.initialise(9, mean, parameters);
    return parameters;
  }

  private static double[] values(INDArray parameters, ParameterLayout.Block block) {
    return parameters
        .get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()))
        .toDoubleVector();
  }
}
