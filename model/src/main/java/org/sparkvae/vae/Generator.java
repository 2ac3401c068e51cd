package org.sparkvae.vae;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;

/** Mean images from latent codes, and posterior means from images: what pictures are made of. */
public final class Generator {
  private final Vae vae;
  private final INDArray parameters;

  /** Builds it on a parameter vector; sizes are chosen at each call. */
  public Generator(VaeSpec spec, INDArray parameters) {
    this.vae = new Vae(spec);
    this.parameters = parameters;
  }

  /** E[x|z] for each code, [n][latent] -> [n][pixels], values clipped to [0, 1]. */
  public float[][] decode(float[][] z) {
    Recorder recorder = new Recorder(z.length, 1);
    Matrix codes = recorder.constant(z.length, vae.spec().latent());
    Likelihood likelihood = vae.decode(recorder, codes);
    Matrix head = likelihood.head();
    return likelihood.meanImages(run(recorder, codes, z, head), head);
  }

  /** The posterior's mean for each image, [n][pixels] -> [n][latent]. */
  public float[][] posteriorMeans(float[][] x) {
    Recorder recorder = new Recorder(x.length, 1);
    Matrix images = recorder.constant(x.length, vae.spec().pixels());
    Matrix packed = vae.encode(recorder, images).packed();
    int latent = vae.spec().latent();
    float[] host = new float[x.length * 2 * latent];
    run(recorder, images, x, packed).copyOut(packed.value(), host);
    float[][] means = new float[x.length][];
    for (int i = 0; i < means.length; i++) {
      means[i] = Arrays.copyOfRange(host, i * 2 * latent, i * 2 * latent + latent);
    }
    return means;
  }

  /** Computes a matrix from rows of a constant; the kernels that it was computed by. */
  private Kernels run(Recorder recorder, Matrix constant, float[][] rows, Matrix result) {
    Program program = new Program(recorder, vae.layout(), parameters, null, List.of(result));
    float[] host = new float[Math.multiplyExact(rows.length, constant.columns())];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, host, i * constant.columns(), constant.columns());
    }
    program.kernels().copyIn(host, constant.value());
    program.forward();
    return program.kernels();
  }
}
