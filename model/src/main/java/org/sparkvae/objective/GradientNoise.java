package org.sparkvae.objective;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.step.Player;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * How much an estimator's gradient varies with the draws of z, at fixed images and parameters
 * (Rainforth et al., "Tighter variational bounds are not necessarily better", 2018, section 3).
 *
 * <p>Of the parameters of a part, the variance is the sum of theirs, and the signal-to-noise ratio
 * is |mean gradient| over its square root. From n draws, |mean|^2 is the mean's square less what
 * the variance adds to it, variance / n, and 0 where that is below 0. Gradients are of the mean
 * bound per image.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class GradientNoise {
  /** Parameters that are looked at together. */
  public enum Part {
    /** The encoders' and the posteriors', of all layers. */
    ENCODER("encoder", "posterior", "joint", "to-posterior"),
    /** The decoders' and the likelihood's, and what upper layers say of lower ones. */
    DECODER("decoder", "likelihood", "conditional", "body", "to-image");

    private final Set<String> rooms;

    Part(String... rooms) {
      this.rooms = Set.of(rooms);
    }

    boolean holds(ParameterLayout.Block block) {
      return Stream.of(block.name().split("\\.")).anyMatch(rooms::contains);
    }
  }

  /**
   * What was measured of a part.
   *
   * @param variance of the gradient
   * @param signalToNoise of it
   */
  public record Measured(double variance, double signalToNoise) implements Serializable {}

  private final Objective objective;
  private final ParameterLayout layout;
  private final Kernels kernels;
  private final INDArray gradient;
  private final float[] host;
  private final double[] sums;
  private final double[] squares;
  private int draws;

  /**
   * No draws yet.
   *
   * @param images of the minibatch
   * @param parameters the flat vector of {@link ImageModel#layout(ObjectiveSpec)}, with what the
   *     estimator keeps; read, never written
   */
  public GradientNoise(
      ImageModel model, Bound bound, Estimator estimator, int images, INDArray parameters) {
    layout = model.layout();
    kernels = Kernels.of(parameters);
    gradient = parameters.like();
    ObjectiveSpec perImage = new ObjectiveSpec(bound, 1, 0, estimator);
    objective = new Objective(model, perImage, images, parameters, gradient);
    host = new float[Math.toIntExact(gradient.length())];
    sums = new double[host.length];
    squares = new double[host.length];
  }

  /** What is to be filled with the images, and before each draw with noise. */
  public Player player() {
    return objective;
  }

  /** Takes the gradient of a draw. */
  public void draw(StepSettings settings) {
    objective.differentiate(settings);
    kernels.copyOut(gradient, host);
    for (int p = 0; p < host.length; p++) {
      sums[p] += host[p];
      squares[p] += (double) host[p] * host[p];
    }
    draws++;
  }

  /** The parts that have parameters: a model may be without an encoder. */
  public List<Part> parts() {
    return Stream.of(Part.values())
        .filter(part -> layout.blocks().stream().anyMatch(part::holds))
        .toList();
  }

  /** What the draws so far tell, two at least, of a part that has parameters. */
  public Measured of(Part part) {
    double variance = 0;
    double signal = 0;
    for (ParameterLayout.Block block : layout.blocks()) {
      if (part.holds(block)) {
        for (int p = (int) block.offset(); p < block.offset() + block.length(); p++) {
          double mean = sums[p] / draws;
          variance += Math.max(0, squares[p] / draws - mean * mean) * draws / (draws - 1);
          signal += mean * mean;
        }
      }
    }
    signal = Math.max(0, signal - variance / draws);
    return new Measured(variance, Math.sqrt(signal / variance));
  }
}
