package org.sparkvae.likelihood;

import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;

/** The first columns of a head as images on the host. */
final class MeanImages {
  /** The link from the head's output to a pixel's mean. */
  interface Link {
    double mean(float output);
  }

  private MeanImages() {}

  static float[][] of(Kernels kernels, Matrix head, int pixels, Link link) {
    int columns = head.columns();
    float[] outputs = new float[Math.multiplyExact(head.rows(), columns)];
    kernels.copyOut(head.value(), outputs);
    float[][] images = new float[head.rows()][pixels];
    for (int r = 0; r < images.length; r++) {
      for (int d = 0; d < pixels; d++) {
        double mean = link.mean(outputs[r * columns + d]);
        images[r][d] = (float) Math.min(1, Math.max(0, mean));
      }
    }
    return images;
  }
}
