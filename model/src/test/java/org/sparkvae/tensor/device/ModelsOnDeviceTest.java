package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.estimator.ScoreFunction;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.step.Measure;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/** Every model's gradient on a simulated device against that in host memory. */
class ModelsOnDeviceTest {
  private static final Bound BOUND = new Elbo(3, Elbo.Kl.ANALYTIC);
  private static final int TRAINING_IMAGES = 40;

  /**
   * Every model under one bound, those of bits by their scores, and the first under every bound and
   * estimator.
   */
  static Stream<Arguments> models() {
    List<Arguments> cases = new ArrayList<>();
    for (ImageModel spec : ModelCases.specs()) {
      add(cases, spec, BOUND, new Reparameterised());
    }
    for (ImageModel spec : ModelCases.ofBits()) {
      add(cases, spec, BOUND, new ScoreFunction());
    }
    for (ImageModel spec : ModelCases.reconstructing()) {
      add(cases, spec, new Elbo(1, Elbo.Kl.ANALYTIC), new Reparameterised());
    }
    for (Bound bound : ModelCases.bounds()) {
      for (Estimator estimator : ModelCases.estimators()) {
        add(cases, ModelCases.specs().get(0), bound, estimator);
      }
    }
    return cases.stream();
  }

  private static void add(List<Arguments> cases, ImageModel spec, Bound bound, Estimator of) {
    if (ObjectiveLimits.of(spec.model(), bound, of).isEmpty()) {
      cases.add(Arguments.of(spec, new ObjectiveSpec(bound, TRAINING_IMAGES, 0.3, of)));
    }
  }

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  /** The first run compiles, the second is recorded, the third and fourth launch the record. */
  @ParameterizedTest
  @MethodSource("models")
  void gradientsAreThoseOfTheHost(ImageModel spec, ObjectiveSpec objective) {
    DeviceKernels device = new DeviceKernels(new SimulatedDevice(1L << 28));
    Run onDevice = new Run(spec, objective, device);
    Run onHost = new Run(spec, objective, null);
    for (int step = 0; step < 4; step++) {
      Measures expected = onHost.step(step);
      Measures actual = onDevice.step(step);
      for (Measure measure : expected.measures()) {
        double sum = expected.sum(measure);
        assertThat(actual.sum(measure))
            .as("%s of step %d", measure.name(), step)
            .isCloseTo(sum, within(1e-5 * (1 + Math.abs(sum))));
      }
      float[] wanted = onHost.gradient();
      float scale = 0;
      for (float g : wanted) {
        scale = Math.max(scale, Math.abs(g));
      }
      assertThat(onDevice.gradient())
          .as("gradient of step %d", step)
          .containsExactly(wanted, within(3e-5f * scale));
    }
  }

  /** A model's steps with one kind of kernels. */
  private static final class Run {
    private final ImageModel spec;
    private final int samples;
    private final Kernels kernels;
    private final INDArray gradient;
    private final Objective objective;

    Run(ImageModel spec, ObjectiveSpec of, Kernels kernels) {
      this.spec = spec;
      this.samples = of.bound().samples();
      this.kernels = kernels;
      Backend.use(kernels);
      INDArray parameters = ModelCases.parameters(spec, of, DataType.FLOAT, 11);
      gradient = Nd4j.valueArrayOf(parameters.shape(), Double.NaN, DataType.FLOAT);
      objective = new Objective(spec, of, ModelCases.BATCH, parameters, gradient);
    }

    Measures step(int number) {
      Backend.use(kernels);
      ModelCases.fill(objective, spec, samples, 12 + number);
      return objective.differentiate(new StepSettings(0, 0.7));
    }

    float[] gradient() {
      float[] values = new float[(int) gradient.length()];
      (kernels == null ? Kernels.onHost(gradient) : kernels).copyOut(gradient, values);
      return values;
    }
  }
}
