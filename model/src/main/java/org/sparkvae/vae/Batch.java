package org.sparkvae.vae;

import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/**
 * The images that a model is recorded on.
 *
 * @param shape of each
 * @param images [images, values], in [0, 1]; the caller sets them
 */
public record Batch(Shape shape, Matrix images) {
  /** As many images as the recorder has. */
  public static Batch of(Recorder recorder, Shape shape) {
    return new Batch(shape, recorder.constant(recorder.images(), shape.values()));
  }
}
