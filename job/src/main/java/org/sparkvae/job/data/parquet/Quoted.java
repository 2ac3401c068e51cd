package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/** Columns by their names, which may hold dots and backticks. */
final class Quoted {
  private Quoted() {}

  /** The column of a name. */
  static Column column(String name) {
    return col(name(name));
  }

  /** A field of a struct. */
  static Column field(String struct, String field) {
    return column(List.of(struct, field));
  }

  /**
   * A column, or a field in one.
   *
   * @param path the column's name, and those of the fields on the way
   */
  static Column column(List<String> path) {
    return col(path.stream().map(Quoted::name).collect(Collectors.joining(".")));
  }

  private static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
