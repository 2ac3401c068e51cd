package org.sparkvae.job.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A small table as comma-separated values, for programs that read no Parquet: arrays are JSON, and
 * columns of images are left out.
 */
public final class CsvCopy {
  /** Rows of the largest table that is copied. */
  public static final int MOST_ROWS = 10_000;

  private static final String LINE = "line";

  private CsvCopy() {}

  /**
   * The text, with a header; nothing where the table is too large.
   *
   * @param order the column by which rows are sorted
   */
  public static Optional<String> of(Dataset<Row> table, String order) {
    List<String> names = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      if (!holdsImages(field.dataType())) {
        names.add(field.name());
        Column value = col("`" + field.name() + "`");
        columns.add(
            field.dataType() instanceof ArrayType ? to_json(value).as(field.name()) : value);
      }
    }
    Column line = to_csv(struct(columns.toArray(Column[]::new)), Map.of("escape", "\"")).as(LINE);
    List<Row> rows =
        table.orderBy(col("`" + order + "`")).select(line).limit(MOST_ROWS + 1).collectAsList();
    if (rows.size() > MOST_ROWS) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    rows.forEach(row -> text.append(row.getString(0)).append('\n'));
    return Optional.of(text.toString());
  }

  /** Images are structs of bytes, alone or in arrays; points of a curve are not. */
  private static boolean holdsImages(DataType type) {
    if (type instanceof ArrayType array) {
      return holdsImages(array.elementType());
    }
    return type instanceof StructType struct && List.of(struct.fieldNames()).contains("data");
  }
}
