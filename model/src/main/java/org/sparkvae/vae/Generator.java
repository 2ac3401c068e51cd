package org.sparkvae.vae;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameters;
import org.sparkvae.tensor.Tape;

/** Mean images from latent codes, and posterior means from images: what pictures are made of. */
public final class Generator {
  private final Vae vae;
  private final INDArray example;
  private final Parameters parameters;

  /** Builds it on a parameter vector; sizes are chosen at each call. */
  public Generator(VaeSpec spec, INDArray parameters) {
    this.vae = Vae.of(spec);
    this.example = parameters;
    this.parameters = new Parameters(vae.layout(), parameters, null);
  }

  /** E[x|z] for each code, [n][latent] -> [n][pixels], values clipped to [0, 1]. */
  public float[][] decode(float[][] z) {
    Tape tape = new Tape(example, false);
    Matrix codes = constant(tape, z, vae.spec().latent());
    Matrix decoded = vae.decoder().append(tape, parameters, codes);
    Matrix head = vae.likelihood().head(tape, parameters, decoded);
    tape.forward();
    return vae.likelihood().meanImages(tape.kernels(), head);
  }

  /** The posterior's mean for each image, [n][pixels] -> [n][latent]. */
  public float[][] posteriorMeans(float[][] x) {
    Tape tape = new Tape(example, false);
    Matrix images = constant(tape, x, vae.spec().pixels());
    Matrix h = vae.encoder().append(tape, parameters, images);
    Matrix packed = vae.posterior().packed(tape, parameters, h);
    tape.forward();
    int latent = vae.spec().latent();
    float[] host = new float[x.length * 2 * latent];
    tape.kernels().copyOut(packed.value(), host);
    float[][] means = new float[x.length][];
    for (int i = 0; i < means.length; i++) {
      means[i] = Arrays.copyOfRange(host, i * 2 * latent, i * 2 * latent + latent);
    }
    return means;
  }

  private static Matrix constant(Tape tape, float[][] rows, int columns) {
    float[] host = new float[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, host, i * columns, columns);
    }
    Matrix matrix = tape.constant(rows.length, columns);
    tape.kernels().copyIn(host, matrix.value());
    return matrix;
  }
}
