package org.sparkvae.codec;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;

/**
 * The code of an image that stands for it, image by image, on buffers that are allocated once: the
 * same bits whatever other images there are. Where it depends on draws of other latent variables,
 * these are the median ones.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class ImageCode {
  private final Program program;
  private final Matrix x;
  private final Matrix code;

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, [1, P] or [P]; read, never written
   */
  public ImageCode(ImageModel model, INDArray parameters) {
    Recorder recorder = new Recorder(1, 1);
    Batch image = Batch.of(recorder, model.x());
    x = image.images();
    code = model.model().on(recorder, image).first().posterior().mean();
    program = new Program(recorder, model.layout(), parameters, null, List.of(code, x));
    program.noise().toMedians();
  }

  /**
   * The code of an image.
   *
   * @param image [values], in [0, 1]
   * @return [latent], a fresh array
   */
  public float[] of(float[] image) {
    program.kernels().copyIn(image, x.value());
    program.forward();
    float[] values = new float[code.columns()];
    program.kernels().copyOut(code.value(), values);
    return values;
  }
}
