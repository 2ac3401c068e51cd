package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The first rows of a table in the order of their keys. The keys are sorted without the cells; then
 * each row is fetched from its file by itself, and only as far as they are asked for.
 */
record FirstRows(Dataset<Row> table, RowKey key) {
  /** How many there are at most. */
  static final int MOST = 100;

  private static final String FILE = "at_file";
  private static final String PLACE = "at_row";

  /** Key columns and then the given cells of each; lazy. */
  Stream<InternalRow> of(List<Column> cells) {
    List<Column> columns = new ArrayList<>(key.columns());
    for (int i = 0; i < cells.size(); i++) {
      // Names of the table's columns may repeat those of the keys or of each other.
      columns.add(cells.get(i).as("cell_" + i));
    }
    columns.add(col("_metadata.file_path").as(FILE));
    columns.add(col("_metadata.row_index").as(PLACE));
    Dataset<Row> rows = table.select(columns.toArray(Column[]::new));
    return rows
        .select(RowKey.FIRST, RowKey.SECOND, FILE, PLACE)
        .orderBy(RowKey.FIRST, RowKey.SECOND)
        .limit(MOST)
        .collectAsList()
        .stream()
        .flatMap(place -> row(rows, place.getString(2), place.getLong(3)));
  }

  private static Stream<InternalRow> row(Dataset<Row> rows, String file, long place) {
    Dataset<Row> one = rows.where(col(FILE).equalTo(file).and(col(PLACE).equalTo(place))).limit(1);
    // As internal rows, which the key knows how to name.
    return Arrays.stream(one.queryExecution().executedPlan().executeCollect());
  }
}
