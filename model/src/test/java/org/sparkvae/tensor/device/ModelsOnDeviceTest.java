package org.sparkvae.tensor.device;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.fixtures.ModelSteps;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/** Every model's gradient on a simulated device against that in host memory. */
class ModelsOnDeviceTest {
  private static final Bound BOUND = new Elbo(3, Elbo.Kl.ANALYTIC);
  private static final int TRAINING_IMAGES = 40;

  /**
   * Every model under one bound, those of bits by their estimators, and the first under every bound
   * and estimator.
   */
  static Stream<Arguments> models() {
    List<Arguments> cases = new ArrayList<>();
    for (ImageModel spec : ModelCases.specs()) {
      add(cases, spec, BOUND, new Reparameterised());
    }
    for (ImageModel spec : ModelCases.ofBits()) {
      for (Estimator estimator : ModelCases.estimators()) {
        add(cases, spec, BOUND, estimator);
        add(cases, spec, new ImportanceWeighted(3), estimator);
      }
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

  @ParameterizedTest
  @MethodSource("models")
  void stepsStayOnTheDeviceAndHaveTheGradientOfTheHost(ImageModel spec, ObjectiveSpec objective) {
    ModelSteps.assertAlikeAndOnDevice(spec, objective, 1);
  }
}
