package org.sparkvae.job.settings.reading;

import java.util.List;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.Scale;
import org.sparkvae.kinds.Range;

/** Reads an image source: {@code data.train}, {@code data.test} or {@code data.validation}. */
final class ImageSourceReader {
  private enum Kind {
    IDX,
    FOLDER,
    PARQUET,
    NONE
  }

  private ImageSourceReader() {}

  static ImageSource read(Keys keys) {
    Kind kind = keys.choice("source", List.of(Kind.values()));
    String path = keys.text("path");
    String labels = keys.text("labels");
    long limit = keys.whole("limit", Range.AT_LEAST_ZERO);
    String column = keys.text("column");
    String idColumn = keys.text("id-column");
    int width = keys.whole("width", 0);
    int height = keys.whole("height", 0);
    int channels = keys.whole("channels", 1);
    Colour colour = keys.choice("colour", List.of(Colour.values()));
    Scale scale = keys.choice("scale", List.of(Scale.values()));
    if (kind != Kind.NONE && path.isBlank()) {
      throw keys.problem(
          "path", "is not set; " + keys.path("source") + " = " + Keys.name(kind) + " needs one");
    }
    return switch (kind) {
      case IDX -> new ImageSource.Idx(path, labels, limit, scale);
      case FOLDER -> {
        checkFolder(keys, labels);
        yield new ImageSource.Folder(path, labels, colour, limit, scale);
      }
      case PARQUET -> {
        checkParquet(keys, column, width, height, channels);
        yield new ImageSource.Parquet(
            path, column, labels, idColumn, width, height, channels, limit, colour, scale);
      }
      case NONE -> new ImageSource.None();
    };
  }

  private static void checkFolder(Keys keys, String labels) {
    if (!labels.isEmpty() && !labels.equals("parent")) {
      throw keys.problem(
          "labels", "is \"" + labels + "\", but for a folder must be \"parent\" or \"\"");
    }
  }

  private static void checkParquet(Keys keys, String column, int width, int height, int channels) {
    if (column.isBlank()) {
      throw keys.problem("column", "is not set; name the column that holds the images");
    }
    if ((width == 0) != (height == 0)) {
      throw keys.problem(
          width == 0 ? "width" : "height",
          "is 0; set width and height both, or neither where the column tells them");
    }
    if (channels != 1 && channels != 3) {
      throw keys.problem("channels", "is " + channels + ", but must be 1 (grey) or 3 (RGB)");
    }
  }
}
