package org.sparkvae.job.settings;

/** Where a set of images comes from. An empty string means none; limit 0 means all images. */
public sealed interface ImageSource {

  /** Use only the first so many images; 0 for all. */
  long limit();

  /**
   * IDX files, plain or gzipped.
   *
   * @param path the image file
   * @param labels the label file, or ""
   */
  record Idx(String path, String labels, long limit) implements ImageSource {}

  /**
   * PNG and JPEG files under a folder, in the order of their names.
   *
   * @param path the folder
   * @param labels "parent" for the name of an image's folder as its label, or ""
   * @param channels 1 to convert to grey, 3 to RGB
   */
  record Folder(String path, String labels, int channels, long limit) implements ImageSource {}

  /**
   * A Parquet table.
   *
   * @param path the table
   * @param column Spark's image struct, or binary, or an array of numbers in 0 .. 255
   * @param labels the label column, or ""
   * @param idColumn the id column, or "" to number the rows
   * @param width of binary and array columns, pixels; 0 where the column is an image struct
   * @param height likewise
   * @param channels likewise; 1 or 3
   */
  record Parquet(
      String path,
      String column,
      String labels,
      String idColumn,
      int width,
      int height,
      int channels,
      long limit)
      implements ImageSource {}

  /** No images. */
  record None() implements ImageSource {
    @Override
    public long limit() {
      return 0;
    }
  }
}
