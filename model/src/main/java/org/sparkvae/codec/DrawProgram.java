package org.sparkvae.codec;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.ImageModel;

/**
 * What is drawn from a model without an image, so many draws at a time, on buffers that are
 * allocated once. Not thread-safe.
 */
final class DrawProgram {
  private final Program program;
  private final MatrixRows found;

  /**
   * A program.
   *
   * @param recorder of one image
   * @param drawn what is drawn, [draws, columns]
   */
  DrawProgram(Recorder recorder, ImageModel model, INDArray parameters, Matrix drawn) {
    program = new Program(recorder, model.layout(), parameters, null, List.of(drawn));
    found = new MatrixRows(drawn);
  }

  /** Draws E[x|z], [draws, values], of draws z of the prior. */
  static DrawProgram means(ImageModel model, INDArray parameters, int draws) {
    Recorder recorder = new Recorder(1, draws);
    Matrix z = model.model().codes(recorder, model.x());
    Matrix means = model.model().given(recorder, z, model.x()).mean();
    return new DrawProgram(recorder, model, parameters, means);
  }

  /**
   * Some draws of a stream.
   *
   * @param key of the stream, from {@link org.sparkvae.noise.Noise#key}
   * @param first number of the first draw, which is that of its sample of the stream
   * @param count how many, at most those of the program
   * @return [count][columns], fresh arrays
   */
  float[][] draw(long key, long first, int count) {
    NoiseBuffers noise = program.noise();
    noise.draw(key, 0, first, count);
    noise.send();
    program.forward();
    return found.get(program, count);
  }
}
