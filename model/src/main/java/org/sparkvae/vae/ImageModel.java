package org.sparkvae.vae;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Use;

/**
 * A model of images of one shape; together with a parameter vector, the whole model.
 *
 * <p>The vector holds the blocks in the order of recording, weights [in, out] row by row: of a
 * {@link Vae} the encoder's, the posterior's, the prior's, the decoder's and the likelihood's.
 *
 * @param x the shape of an image
 * @param model its declaration
 */
public record ImageModel(Shape x, Model model) implements Serializable {
  /** Where each block of parameters lies. */
  public ParameterLayout layout() {
    Recorder recorder = new Recorder(1, 1);
    on(recorder);
    return recorder.layout();
  }

  /** Where each block lies in a vector of training: the model's, then what the estimator keeps. */
  public ParameterLayout layout(ObjectiveSpec objective) {
    Recorder recorder = new Recorder(1, 1);
    on(recorder);
    objective
        .estimator()
        .on(recorder, objective.bound())
        .beside(recorder, x, Batch.of(recorder, x).images());
    return recorder.layout();
  }

  /** How many parameters it has. */
  public long parameters() {
    return layout().length();
  }

  /**
   * Floating-point operations of one more sample of log w of an image that is encoded, about: those
   * of its products.
   */
  public double flopsOfASample() {
    Recorder recorder = new Recorder(1, 1);
    return recorder.flopsOfNoisy(on(recorder).ofASample());
  }

  /**
   * Constants of the shapes of the posterior's parameters of each image, which the caller sets;
   * none where the model has no such.
   */
  public List<Matrix> posterior(Recorder recorder) {
    Recorder shapes = new Recorder(1, 1);
    return model.posterior(shapes, Batch.of(shapes, x)).stream()
        .map(encoded -> recorder.constant(recorder.images(), encoded.columns()))
        .toList();
  }

  /**
   * Whether a step of training computes what the trained model does: no layer leaves values out, or
   * is normalised by its minibatch.
   */
  public boolean isTheSameInTraining() {
    Recorder training = new Recorder(Use.TRAINING, 1, 1);
    on(training);
    Recorder scoring = new Recorder(1, 1);
    on(scoring);
    return training.noise().size() == scoring.noise().size() && LayerStatistics.count(this) == 0;
  }

  /** Whether every KL term is taken in closed form. */
  public boolean hasClosedKl(Bound bound, Estimator estimator) {
    return new ObjectiveSpec(bound, 1, 0, estimator).takesClosedKl()
        && on(new Recorder(1, 1)).latents().stream().allMatch(z -> z.kl().isPresent());
  }

  /**
   * Sets the initial values of a vector of training, as {@link #initialise(long, float[],
   * INDArray)} those of the model.
   *
   * @param vector of the blocks of {@link #layout(ObjectiveSpec)}
   */
  public void initialise(ObjectiveSpec objective, long seed, float[] meanImage, INDArray vector) {
    checkSize(meanImage);
    layout(objective).initialise(seed, meanImage, vector);
  }

  /**
   * Sets the initial values: Glorot-uniform weights (Glorot & Bengio, eq. 16) and zero biases, but
   * for blocks that start otherwise, as a likelihood's from the mean training image.
   *
   * @param meanImage [values], in [0, 1]
   * @param parameters the flat vector to set
   * @throws IllegalArgumentException where the mean image is of another size
   */
  public void initialise(long seed, float[] meanImage, INDArray parameters) {
    checkSize(meanImage);
    layout().initialise(seed, meanImage, parameters);
  }

  private void checkSize(float[] meanImage) {
    if (meanImage.length != x.values()) {
      throw new IllegalArgumentException(
          "a mean image of " + meanImage.length + " values for " + x.values() + " pixels");
    }
  }

  private Terms on(Recorder recorder) {
    return model.on(recorder, Batch.of(recorder, x));
  }
}
