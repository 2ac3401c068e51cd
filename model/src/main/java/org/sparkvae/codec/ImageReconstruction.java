package org.sparkvae.codec;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;

/**
 * An image's mean image given its code, E[x|z] at the posterior's mean, image by image, on buffers
 * that are allocated once: {@link Codec#decode} of {@link Codec#encode}.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class ImageReconstruction {
  private final Program program;
  private final Matrix x;
  private final Matrix mean;

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, [1, P] or [P]; read, never written
   */
  public ImageReconstruction(ImageModel model, INDArray parameters) {
    Recorder recorder = new Recorder(1, 1);
    Batch image = Batch.of(recorder, model.x());
    x = image.images();
    List<Matrix> means = new ArrayList<>();
    for (Latent z : model.model().on(recorder, image).latents()) {
      means.add(0, z.posterior().mean());
    }
    Matrix code = model.model().code(recorder, means);
    mean = model.model().given(recorder, code, model.x()).mean();
    program = new Program(recorder, model.layout(), parameters, null, List.of(mean, x));
    program.noise().toMedians();
  }

  /**
   * The mean image of an image's code.
   *
   * @param image [values], in [0, 1]
   * @return [values], clipped to [0, 1], a fresh array
   */
  public float[] of(float[] image) {
    program.kernels().copyIn(image, x.value());
    program.forward();
    float[] values = new float[mean.columns()];
    program.kernels().copyOut(mean.value(), values);
    for (int d = 0; d < values.length; d++) {
      values[d] = Math.min(1, Math.max(0, values[d]));
    }
    return values;
  }
}
