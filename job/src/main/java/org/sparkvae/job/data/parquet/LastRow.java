package org.sparkvae.job.data.parquet;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The key of the last of so many first rows of a table. It is counted out in tasks: the driver gets
 * a number for each file or task, however many rows there are.
 *
 * @param keys a row's key columns, in any order
 * @param rows how many, at least one
 */
record LastRow(Dataset<Row> keys, long rows) {

  /** The key; none where the table has fewer rows. */
  Optional<InternalRow> of(RowKey key) {
    return key instanceof RowKey.InFile ? inFiles() : sorted();
  }

  /** Where rows are numbered in their files, it is enough to count these. */
  private Optional<InternalRow> inFiles() {
    List<Row> files = keys.groupBy(RowKey.FIRST).count().orderBy(RowKey.FIRST).collectAsList();
    long left = rows;
    for (Row file : files) {
      if (left <= file.getLong(1)) {
        UTF8String name = UTF8String.fromString(file.getString(0));
        return Optional.of(new GenericInternalRow(new Object[] {name, left - 1}));
      }
      left -= file.getLong(1);
    }
    return Optional.empty();
  }

  private Optional<InternalRow> sorted() {
    JavaRDD<InternalRow> sorted =
        keys.orderBy(RowKey.FIRST, RowKey.SECOND).queryExecution().toRdd().toJavaRDD();
    List<Long> counts = sorted.mapPartitions(part -> List.of(count(part)).iterator()).collect();
    long left = rows;
    for (int part = 0; part < counts.size(); part++) {
      if (left <= counts.get(part)) {
        long place = left - 1;
        return Optional.of(
            sorted
                .mapPartitions(in -> List.of(at(in, place)).iterator())
                .collectPartitions(new int[] {part})[0]
                .get(0));
      }
      left -= counts.get(part);
    }
    return Optional.empty();
  }

  private static long count(Iterator<InternalRow> rows) {
    long count = 0;
    for (; rows.hasNext(); rows.next()) {
      count++;
    }
    return count;
  }

  private static InternalRow at(Iterator<InternalRow> rows, long place) {
    for (long i = 0; i < place; i++) {
      rows.next();
    }
    // Spark fills one row again and again.
    return rows.next().copy();
  }
}
