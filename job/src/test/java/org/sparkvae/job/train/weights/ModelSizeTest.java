package org.sparkvae.job.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkvae.bound.Elbo;
import org.sparkvae.estimator.Nvil;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

class ModelSizeTest {
  private static final Mlp HIDDEN = new Mlp(List.of(200, 200), Activation.TANH);
  private static final ObjectiveSpec PLAIN = new ObjectiveSpec(new Elbo(1, Elbo.Kl.ANALYTIC), 1, 0);

  @Test
  void refusesAModelThatNoArrayHolds() {
    assertThatThrownBy(() -> ModelSize.of(spec(4096 * 4096), PLAIN).checkFit(0))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "the model has 6,727,774,516 parameters for images of 16,777,216 values, more than"
                + " 536,870,911: make model.encoder.hidden, model.decoder.hidden or the images"
                + " smaller");
  }

  @Test
  void refusesAModelThatTheDriverHasNoMemoryFor() {
    ModelSize digits = ModelSize.of(spec(784), PLAIN);
    assertThatCode(() -> digits.checkFit(0)).doesNotThrowAnyException();
    assertThatCode(() -> digits.checkFit(425_284 * 16)).doesNotThrowAnyException();
    assertThatThrownBy(() -> digits.checkFit(425_284 * 16 - 1))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "the model has 425,284 parameters for images of 784 values, which take 6 MiB with their"
                + " gradient and moments, and arrays outside the driver's heap may take 6: make"
                + " model.encoder.hidden, model.decoder.hidden or the images smaller, or give the"
                + " driver more memory (SPARK_VAE_DRIVER_MEMORY of submit/local, else"
                + " --driver-memory)");
  }

  /** Of one hidden layer, and an output; its running mean and variance are two values more. */
  @Test
  void countsTheEstimatorsBaseline() {
    Mlp baseline = new Mlp(List.of(100), Activation.TANH);
    ObjectiveSpec nvil =
        new ObjectiveSpec(new Elbo(1, Elbo.Kl.MONTE_CARLO), 1, 0, new Nvil(baseline, 0.8));
    ModelSize digits = ModelSize.of(spec(784), nvil);
    long besides = 784 * 100 + 100 + 100 + 1 + 2;
    assertThat(digits).isEqualTo(new ModelSize(425_284, besides, 784));
    long bytes = 16 * (425_284 + besides);
    assertThatCode(() -> digits.checkFit(bytes)).doesNotThrowAnyException();
    assertThatThrownBy(() -> digits.checkFit(bytes - 1))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "the model has 425,284 parameters and its estimator 78,603 for images of 784 values,"
                + " which take 8 MiB with their gradient and moments");
  }

  private static ImageModel spec(int pixels) {
    return new ImageModel(Shape.vector(pixels), new Vae(50, HIDDEN, HIDDEN, new Bernoulli()));
  }
}
