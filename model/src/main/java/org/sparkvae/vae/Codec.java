package org.sparkvae.vae;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;

/** Mean images from latent codes, and codes from images: what pictures are made of. */
public final class Codec {
  private final ImageModel model;
  private final INDArray parameters;

  /** Builds it on a parameter vector; sizes are chosen at each call. */
  public Codec(ImageModel model, INDArray parameters) {
    this.model = model;
    this.parameters = parameters;
  }

  /** E[x|z] for each code, [n][latent] -> [n][values], clipped to [0, 1]. */
  public float[][] decode(float[][] z) {
    Recorder recorder = new Recorder(z.length, 1);
    Matrix codes = recorder.constant(z.length, model.model().latent());
    Matrix means = model.model().given(recorder, codes, model.x()).mean();
    Program program = program(recorder, means);
    set(program, codes, z);
    program.forward();
    return clipped(rows(program, means));
  }

  /** The posterior's code for each image, [n][values] -> [n][latent]. */
  public float[][] encode(float[][] x) {
    Recorder recorder = new Recorder(x.length, 1);
    Batch batch = Batch.of(recorder, model.x());
    Matrix means = model.model().on(recorder, batch).first().posterior().mean();
    Program program = program(recorder, means);
    set(program, batch.images(), x);
    program.forward();
    return rows(program, means);
  }

  /**
   * E[x|z] for draws z of the prior, [n][values], clipped to [0, 1].
   *
   * @param key of the noise, from {@link org.sparkvae.noise.Noise#key}; draw i is sample i of it
   */
  public float[][] sample(long key, int n) {
    Recorder recorder = new Recorder(1, n);
    Distribution images = model.model().generate(recorder, model.x());
    Matrix means = images.mean();
    Program program = program(recorder, means);
    NoiseBuffers noise = program.noise();
    noise.draw(key, 0, 0, n);
    noise.send();
    program.forward();
    return clipped(rows(program, means));
  }

  private Program program(Recorder recorder, Matrix result) {
    return new Program(recorder, model.layout(), parameters, null, List.of(result));
  }

  private static void set(Program program, Matrix constant, float[][] rows) {
    float[] host = new float[Math.multiplyExact(rows.length, constant.columns())];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, host, i * constant.columns(), constant.columns());
    }
    program.kernels().copyIn(host, constant.value());
  }

  private static float[][] rows(Program program, Matrix matrix) {
    float[] host = new float[Math.multiplyExact(matrix.rows(), matrix.columns())];
    program.kernels().copyOut(matrix.value(), host);
    float[][] rows = new float[matrix.rows()][matrix.columns()];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(host, r * matrix.columns(), rows[r], 0, matrix.columns());
    }
    return rows;
  }

  private static float[][] clipped(float[][] images) {
    for (float[] image : images) {
      for (int d = 0; d < image.length; d++) {
        image[d] = Math.min(1, Math.max(0, image[d]));
      }
    }
    return images;
  }
}
