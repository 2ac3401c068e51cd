package org.sparkvae.job.apply;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The columns that say which image a row is of, as in the table of an evaluation. */
final class ImageColumns {
  static final StructType TYPE =
      new StructType()
          .add("id", LongType, false)
          .add("label", IntegerType, true)
          .add("label_name", StringType, true)
          .add("id_text", StringType, true)
          .add("path", StringType, true);

  private ImageColumns() {}

  /** The beginning of a row, to which its other values are added. */
  static List<Object> of(SeenImage image) {
    List<Object> values = new ArrayList<>();
    values.add(image.id());
    values.add(image.label() < 0 ? null : image.label());
    values.add(image.labelName());
    values.add(image.idText());
    values.add(image.path());
    return values;
  }

  /** The name of a single image's file: its number, and its label where it has one. */
  static String fileName(Row row) {
    String id = Long.toString(row.<Long>getAs("id"));
    String label =
        Stream.of(row.<Object>getAs("label_name"), row.<Object>getAs("label"))
            .filter(of -> of != null)
            .findFirst()
            .map(of -> "-" + of.toString().replaceAll("[^\\p{L}\\p{N}_-]", "_"))
            .orElse("");
    return id + label;
  }
}
