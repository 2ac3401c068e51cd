package org.sparkvae.tensor;

import java.util.Arrays;
import java.util.List;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The noise that a program needs, drawn on the host image by image and sent to its matrices.
 *
 * <p>Each matrix of noise has a stream of its own, numbered in the order of recording, whose key
 * follows from the image's, so that what is drawn for an image depends on nothing else.
 */
public final class NoiseBuffers {
  /**
   * A matrix and its host buffer.
   *
   * @param number of the stream, from 0
   */
  private record Stream(int number, Matrix matrix, float[] host) {
    void draw(long imageKey, int image, long firstSample, int samples, int images) {
      long key = Noise.stream(imageKey, number);
      int columns = matrix.columns();
      int offset = image * columns;
      int stride = images * columns;
      switch (matrix.role()) {
        case NORMAL -> Noise.normal(key, firstSample, samples, host, offset, stride, columns);
        case UNIFORM -> {
          for (int s = 0; s < samples; s++) {
            Noise.uniform(key, firstSample + s, host, offset + s * stride, columns);
          }
        }
        default -> throw new AssertionError(matrix.role());
      }
      for (int from = offset + samples * stride; from < host.length; from += stride) {
        Arrays.fill(host, from, from + columns, 0);
      }
    }
  }

  private final Kernels kernels;
  private final int images;
  private final int samples;
  private final List<Stream> streams;

  /**
   * Buffers.
   *
   * @param noise every matrix of noise of the recording
   * @param needed those of them that a program needs
   */
  NoiseBuffers(Kernels kernels, int images, int samples, List<Matrix> noise, List<Matrix> needed) {
    this.kernels = kernels;
    this.images = images;
    this.samples = samples;
    this.streams =
        needed.stream()
            .map(
                matrix ->
                    new Stream(
                        noise.indexOf(matrix),
                        matrix,
                        new float[Math.multiplyExact(matrix.rows(), matrix.columns())]))
            .toList();
  }

  /**
   * Draws an image's noise; rows of the image beyond the given samples become 0.
   *
   * @param key of the image, from {@link Noise#key}
   * @param image its place in the minibatch
   * @param firstSample number of the first sample drawn
   * @param samples how many, at most those of the recording
   */
  public void draw(long key, int image, long firstSample, int samples) {
    for (Stream stream : streams) {
      stream.draw(key, image, firstSample, samples, images);
    }
  }

  /**
   * Draws an image's noise, of all samples.
   *
   * @param key of the image, from {@link Noise#key}
   * @param image its place in the minibatch
   */
  public void draw(long key, int image) {
    draw(key, image, 0, samples);
  }

  /** Sends what was drawn to the matrices. */
  public void send() {
    for (Stream stream : streams) {
      kernels.copyIn(stream.host(), stream.matrix().value());
    }
  }
}
