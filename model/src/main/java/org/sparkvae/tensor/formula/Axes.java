package org.sparkvae.tensor.formula;

/**
 * Along which axes an operand varies, or what an output is summed to. Rows are samples of images,
 * sample-major: row s * images + i is sample s of image i.
 */
public enum Axes {
  /** A value for each row and column, [samples * images, columns]. */
  VALUE(true, true, true),
  /** A value for each image and column, the same for all samples, [images, columns]. */
  IMAGE(false, true, true),
  /** A value for each column, [columns]. */
  COLUMN(false, false, true),
  /** A value for each row, [samples * images], float64 on the host. */
  ROW(true, true, false),
  /** One value, [1]. */
  SCALAR(false, false, false);

  private final boolean samples;
  private final boolean images;
  private final boolean columns;

  Axes(boolean samples, boolean images, boolean columns) {
    this.samples = samples;
    this.images = images;
    this.columns = columns;
  }

  /** Whether it differs between the samples of an image. */
  public boolean variesBySample() {
    return samples;
  }

  /** Whether it differs between images. */
  public boolean variesByImage() {
    return images;
  }

  /** Whether it differs between columns. */
  public boolean variesByColumn() {
    return columns;
  }
}
