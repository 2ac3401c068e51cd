package org.sparkvae.estimator;

import java.util.List;
import org.sparkvae.distribution.Draws;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** An estimator's part in one recording: it draws the latent variables, and steers derivatives. */
public interface Estimation extends Draws {
  /**
   * Records what it keeps of its own, after the model, whose parameters come before its.
   *
   * @param shape of an image
   * @param images [images, values of the shape]
   */
  default void beside(Recorder recorder, Shape shape, Matrix images) {}

  /** What it needs of the recording beside the terms of the log-weights. */
  default List<Rows> rows() {
    return List.of();
  }

  /** Whose values {@link #steer} sets. */
  default List<Rows> steering() {
    return List.of();
  }

  /** Whether what steers a backward pass follows from the log-weights. */
  default boolean steersByLogWeights() {
    return false;
  }

  /**
   * Sets what steers a backward pass, after the derivatives by all terms of the log-weights were
   * set.
   *
   * @param klWeight of log p(z) - log q(z|x) in the log-weights
   * @param scale the derivative of the loss by the bound of an image
   * @param logWeights [samples * images], nats
   * @param byLogWeight the derivative of the loss by each log-weight
   */
  default void steer(double klWeight, double scale, double[] logWeights, double[] byLogWeight) {}
}
