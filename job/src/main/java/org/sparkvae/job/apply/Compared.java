package org.sparkvae.job.apply;

import static org.apache.spark.sql.types.DataTypes.DoubleType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.ImageModel;

/**
 * Rows of an image, perhaps of what is made of it, and of what the model reconstructs of the last
 * of these; with the mean squared error of all but the first against the first.
 *
 * @param images columns of a row's images
 * @param errors columns of their errors, one fewer
 */
record Compared(List<String> images, List<String> errors) {
  /** Images that are worked on together. */
  static final int TOGETHER = 100;

  /** Of an encoder and a decoder. */
  static final double SAMPLES_WORTH = 2;

  /** The columns of the table. */
  StructType columns() {
    StructType columns = ImageColumns.TYPE;
    for (String image : images) {
      columns = columns.add(image, ImageCell.TYPE, false);
    }
    for (String error : errors) {
      columns = columns.add(error, DoubleType, false);
    }
    return columns;
  }

  /**
   * Works on images.
   *
   * @param given the images of a row up to the one that is encoded
   */
  OfImages.Work on(ModelHere model, Function<SeenImage, List<float[]>> given) {
    ImageModel spec = model.spec();
    BlockCodec codec = new BlockCodec(spec, model.parameters(), TOGETHER);
    return some -> {
      List<List<float[]>> before = some.stream().map(given).toList();
      float[][] encoded = before.stream().map(of -> of.get(of.size() - 1)).toArray(float[][]::new);
      float[][] means = codec.decode(codec.encode(encoded));
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < means.length; i++) {
        List<float[]> all = new ArrayList<>(before.get(i));
        all.add(means[i]);
        rows.add(row(some.get(i), spec.x(), all));
      }
      return rows;
    };
  }

  private static Row row(SeenImage image, Shape shape, List<float[]> all) {
    List<Object> row = ImageColumns.of(image);
    all.forEach(values -> row.add(ImageCell.of(shape, values)));
    all.stream().skip(1).forEach(values -> row.add(SquaredError.of(all.get(0), values)));
    return RowFactory.create(row.toArray());
  }

  /** How many images there are, and the means of their errors. */
  Map<String, Object> figures(Dataset<Row> table) {
    Map<String, Object> figures = new LinkedHashMap<>();
    SquaredError.means(errors, table, figures);
    return figures;
  }
}
