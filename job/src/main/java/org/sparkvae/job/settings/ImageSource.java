package org.sparkvae.job.settings;

/** Where a set of images comes from. An empty string means none; limit 0 means all images. */
public sealed interface ImageSource {

  /** Use only the first so many images; 0 for all. */
  long limit();

  /** The range of the values. */
  Scale scale();

  /** Where the labels come from; "" where there are none. */
  default String labels() {
    return "";
  }

  /** To what pictures are converted; AUTO where there are none. */
  default Colour colour() {
    return Colour.AUTO;
  }

  /** The same, of a colour where it was left to the images. */
  default ImageSource withColour(Colour settled) {
    return this;
  }

  /**
   * IDX files, plain or gzipped.
   *
   * @param path the image file
   * @param labels the label file, or ""
   */
  record Idx(String path, String labels, long limit, Scale scale) implements ImageSource {
    /** Of the usual scale. */
    public Idx(String path, String labels, long limit) {
      this(path, labels, limit, Scale.BYTES);
    }
  }

  /**
   * PNG and JPEG files under a folder, in the order of their names.
   *
   * @param path the folder
   * @param labels "parent" for the name of an image's folder as its label, or ""
   */
  record Folder(String path, String labels, Colour colour, long limit, Scale scale)
      implements ImageSource {
    /** Of the usual scale. */
    public Folder(String path, String labels, Colour colour, long limit) {
      this(path, labels, colour, limit, Scale.BYTES);
    }

    @Override
    public Folder withColour(Colour settled) {
      return colour == Colour.AUTO ? new Folder(path, labels, settled, limit, scale) : this;
    }
  }

  /**
   * A Parquet table.
   *
   * @param path the table
   * @param column Spark's image struct, PNG or JPEG files, bytes, or an array of numbers
   * @param labels the label column, or ""
   * @param idColumn the id column, or "" to number the rows
   * @param width of columns of bytes or numbers, pixels; 0 where the column tells
   * @param height likewise
   * @param channels likewise; 1 or 3
   * @param colour of columns of pictures
   */
  record Parquet(
      String path,
      String column,
      String labels,
      String idColumn,
      int width,
      int height,
      int channels,
      long limit,
      Colour colour,
      Scale scale)
      implements ImageSource {
    /** Of the usual scale, and of the colour of its images. */
    public Parquet(
        String path,
        String column,
        String labels,
        String idColumn,
        int width,
        int height,
        int channels,
        long limit) {
      this(
          path, column, labels, idColumn, width, height, channels, limit, Colour.AUTO, Scale.BYTES);
    }

    @Override
    public Parquet withColour(Colour settled) {
      return colour == Colour.AUTO
          ? new Parquet(
              path, column, labels, idColumn, width, height, channels, limit, settled, scale)
          : this;
    }
  }

  /** No images. */
  record None() implements ImageSource {
    @Override
    public long limit() {
      return 0;
    }

    @Override
    public Scale scale() {
      return Scale.BYTES;
    }
  }
}
