package org.sparkvae.objective;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Elbo;
import org.sparkvae.step.ImageBuffer;
import org.sparkvae.step.Measures;
import org.sparkvae.step.Player;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * The objective of a bound that gives each image's largest log-weight alone a derivative: of all
 * samples it computes values, and the derivative of one (Li & Turner, 2016, section 4.2).
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class LargestSample implements Player {
  private final Objective all;
  private final Objective one;
  private final int images;
  private final int samples;

  /**
   * Builds both computations.
   *
   * @param objective of a bound of infinite power, with the reparameterised gradient
   * @param batch M, images per minibatch
   * @param parameters the flat parameter vector ([1, P] or [P]); read, never written
   * @param gradient the flat gradient vector of the same length
   */
  public LargestSample(
      ImageModel model,
      ObjectiveSpec objective,
      int batch,
      INDArray parameters,
      INDArray gradient) {
    images = batch;
    samples = objective.bound().samples();
    all = new Objective(model, objective, batch, parameters, null);
    // The gradient of a log-weight is that of the ELBO from one sample.
    ObjectiveSpec ofOne =
        new ObjectiveSpec(
            new Elbo(1, Elbo.Kl.MONTE_CARLO),
            objective.trainingImages(),
            objective.weightPriorPrecision());
    one = new Objective(model, ofOne, batch, parameters, gradient);
  }

  @Override
  public String name() {
    return all.name();
  }

  @Override
  public boolean moves(ParameterLayout.Block block) {
    return all.moves(block);
  }

  @Override
  public int turns() {
    return all.turns();
  }

  @Override
  public ImageBuffer pixels() {
    return all.pixels();
  }

  @Override
  public NoiseBuffers noise() {
    return all.noise();
  }

  @Override
  public Measures differentiate(StepSettings settings) {
    Measures value = all.value(settings);
    System.arraycopy(all.images(), 0, one.images(), 0, one.images().length);
    for (int image = 0; image < images; image++) {
      one.noise().copy(all.noise(), image, largest(image));
    }
    one.differentiate(settings);
    return value;
  }

  private int largest(int image) {
    int sample = 0;
    while (sample < samples - 1 && all.weights()[sample * images + image] == 0) {
      sample++;
    }
    return sample;
  }
}
