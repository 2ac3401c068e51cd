package org.sparkvae.tensor.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Noise and images that are made on a device, to the bits of the host. */
public interface DeviceInputs {
  /**
   * Sets rows to standard normals of images' keys, sample-major.
   *
   * @param to [samples * images, columns]
   */
  void normal(NoiseRows rows, INDArray to);

  /** Sets rows to uniforms in [0, 1), as {@link #normal}. */
  void uniform(NoiseRows rows, INDArray to);

  /**
   * Tells that an array of pixels never changes: where there is room, the device keeps a copy as
   * long as the array lives, and images of it need not be sent. Any thread may read it from then
   * on.
   */
  void keep(byte[] pixels);

  /**
   * Sets images to 1 at each place by the chance pixel / 255, else 0.
   *
   * @param keys of the images' coins
   * @param to [images, values]
   */
  void coins(PixelRows images, long[] keys, INDArray to);

  /**
   * Sets images to pixel / 255 at each place.
   *
   * @param to [images, values]
   */
  void shares(PixelRows images, INDArray to);
}
