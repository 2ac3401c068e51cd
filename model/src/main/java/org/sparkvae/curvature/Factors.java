package org.sparkvae.curvature;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.optimiser.NaturalGradient;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;

/**
 * The running means of all layers' factors and their inverses, as parts of an optimiser's flat
 * state, which workers average and checkpoints hold.
 *
 * <p>After the moments and each layer's {@link LayerFactors}, the state ends with how much the
 * means weigh, which makes up for their start at 0; the steps before the last inversion of averaged
 * factors, and 1, or 0 where there was none; and 1 once there are inverses at all. Not thread-safe.
 */
public final class Factors {
  private static final int WEIGHT = 0;
  private static final int INVERTED = 1;
  private static final int ANY = 2;
  private static final int SCALARS = 3;

  private final NaturalGradient how;
  private final Kernels kernels;
  private final List<LayerFactors> layers = new ArrayList<>();
  private final double trainingImages;
  private final INDArray gradient;
  private final INDArray plain;
  private final INDArray tail;
  private final float[] scalars = new float[SCALARS];

  /**
   * Factors in a state.
   *
   * @param trainingImages N: gradients are of the loss -J
   * @param gradient the flat gradient vector, [P]
   * @param state the whole flat state of the optimiser
   */
  public Factors(
      ImageModel model,
      NaturalGradient how,
      long trainingImages,
      INDArray gradient,
      INDArray state) {
    this.how = how;
    this.trainingImages = trainingImages;
    this.gradient = gradient;
    plain = gradient.like();
    kernels = Kernels.of(state);
    ParameterLayout layout = model.layout();
    long at = how.moments() * layout.length();
    for (Scores.Layer layer : Scores.layers(model)) {
      layers.add(new LayerFactors(layer, layout, gradient, state, at));
      at += LayerFactors.length(layer);
    }
    tail = FlatVector.part(state, at, at + SCALARS);
  }

  /** Length of what an optimiser keeps of a model beside moments: 0 but for natural gradients. */
  public static long length(Optimiser optimiser, ImageModel model) {
    return optimiser instanceof NaturalGradient
        ? Scores.layers(model).stream().mapToLong(LayerFactors::length).sum() + SCALARS
        : 0;
  }

  /**
   * Begins steps from a state that workers have averaged: inverts its factors where that is due.
   *
   * @param stepsBefore taken along one worker's sequence
   * @throws IllegalStateException where a factor is not positive definite
   */
  public void begin(long stepsBefore) {
    kernels.copyOut(tail, scalars);
    boolean never = scalars[INVERTED] == 0;
    boolean due = never || stepsBefore - (scalars[INVERTED] - 1) >= how.refresh();
    if (scalars[WEIGHT] > 0 && due) {
      invert();
      scalars[INVERTED] = stepsBefore + 1;
      kernels.copyIn(scalars, tail);
    }
  }

  /** Whether a minibatch is to be {@link #add}ed before a step, from 1. */
  public boolean takes(long step) {
    return (step - 1) % how.every() == 0;
  }

  /**
   * Adds a minibatch to the running means. The first there is is inverted at once, for the steps
   * until averaged ones can be.
   *
   * @param scores that were computed, of the model
   */
  public void add(Scores scores) {
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).add(kernels, scores.layers().get(l), how.decay());
    }
    kernels.copyOut(tail, scalars);
    scalars[WEIGHT] = (float) (how.decay() * scalars[WEIGHT] + 1 - how.decay());
    if (scalars[ANY] == 0) {
      invert();
    }
    kernels.copyIn(scalars, tail);
  }

  private void invert() {
    for (LayerFactors layer : layers) {
      layer.invert(kernels, scalars[WEIGHT], how.damping());
    }
    scalars[ANY] = 1;
  }

  /**
   * The gradient vector g becomes F^-1 g, or as much of it as a step may take.
   *
   * @param learningRate for the gradient of J/N
   */
  public void precondition(double learningRate) {
    kernels.copy(gradient, plain);
    for (LayerFactors layer : layers) {
      layer.precondition(kernels);
    }
    double rate = learningRate / trainingImages;
    double change = 0.5 * rate * rate * alongPlain();
    if (how.trust() > 0 && change > how.trust()) {
      double[] shorter = {Math.sqrt(how.trust() / change)};
      kernels.scaleRows(gradient.reshape('c', 1, gradient.length()), shorter);
    }
  }

  /** g^T F^-1 g, by |a + b|^2 - |a - b|^2 = 4 a^T b; leaves g + F^-1 g. */
  private double alongPlain() {
    kernels.addScaled(-1, gradient, plain);
    double apart = kernels.sumOfSquares(plain);
    kernels.addScaled(2, gradient, plain);
    return (kernels.sumOfSquares(plain) - apart) / 4;
  }
}
