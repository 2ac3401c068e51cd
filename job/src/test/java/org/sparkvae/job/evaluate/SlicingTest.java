package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

class SlicingTest {
  private static final Mlp BODY = new Mlp(List.of(200, 200), Activation.TANH);
  private static final ImageModel MNIST =
      new ImageModel(Shape.vector(784), new Vae(50, BODY, BODY, new Bernoulli()));

  private static int slices(Slicing slicing, long images, int samples) {
    return slicing.slices(images, MNIST, new EvaluationSettings(samples, 250, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5000, 1",
    "10000, 5000, 1",
    "70000, 5000, 1",
    "1000000, 5000, 13",
    "1000000, 500, 1",
    "10000000, 5000, 50"
  })
  void onlyLongEvaluationsAreCut(long images, int samples, int slices) {
    assertThat(slices(Slicing.STANDARD, images, samples)).isEqualTo(slices);
  }

  @Test
  void noSliceIsEmpty() {
    assertThat(slices(new Slicing(1, 10), 3, 5)).isEqualTo(3);
    assertThat(slices(new Slicing(1, 10), 30, 5)).isEqualTo(10);
  }
}
