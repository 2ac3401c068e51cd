package org.sparkvae.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.Bernoulli.Means;
import org.sparkvae.tensor.ParameterLayout.Block;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Above;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Layered;

/** Bits above bits have the means given the more probable bits below. */
class StackedBitsTest {
  private static final int PIXELS = 5;
  private static final int LOWER = 4;
  private static final int UPPER = 3;
  private static final Network LINEAR = new Mlp(List.of(), Activation.TANH);
  private static final float[][] IMAGES = {{0, 1, 1, 0, 1}, {1, 0, 0, 0, 1}, {1, 1, 0, 1, 0}};

  private final ImageModel model =
      new ImageModel(
          Shape.vector(PIXELS),
          new Layered(
              LOWER,
              LINEAR,
              new org.sparkvae.posterior.Bernoulli(),
              new org.sparkvae.prior.Bernoulli(Means.LEARNED),
              LINEAR,
              new Bernoulli(),
              new Above.Layer(
                  UPPER, LINEAR, new org.sparkvae.posterior.Bernoulli(), LINEAR, new Above.None()),
              new Initialisation.Glorot()));

  private final INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 3, 1);

  @Test
  void theUpperMeansAreGivenTheMoreProbableBitsBelow() {
    List<Posteriors.OfVariable> found =
        new Posteriors(model, parameters, IMAGES.length).of(List.of(IMAGES), new long[] {1, 2, 3});

    for (int i = 0; i < IMAGES.length; i++) {
      float[] lower = found.get(0).means()[i];
      float[] bits = new float[LOWER];
      for (int d = 0; d < LOWER; d++) {
        bits[d] = lower[d] > 0.5f ? 1 : 0;
      }
      float[] upper = means("above.posterior", bits, UPPER);
      assertThat(lower).containsExactly(means("posterior", IMAGES[i], LOWER), within(1e-6f));
      assertThat(found.get(1).means()[i]).containsExactly(upper, within(1e-6f));
    }
    assertThat(found.get(1).means()[0]).isNotEqualTo(found.get(1).means()[2]);
  }

  /** What a linear layer makes of a row, as means of bits. */
  private float[] means(String name, float[] row, int columns) {
    long weight = block(name + ".weight").offset();
    long bias = block(name + ".bias").offset();
    float[] means = new float[columns];
    for (int d = 0; d < columns; d++) {
      double logit = parameters.getDouble(bias + d);
      for (int k = 0; k < row.length; k++) {
        logit += row[k] * parameters.getDouble(weight + (long) k * columns + d);
      }
      means[d] = (float) (1 / (1 + Math.exp(-logit)));
    }
    return means;
  }

  private Block block(String name) {
    return model.layout().blocks().stream()
        .filter(block -> block.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
