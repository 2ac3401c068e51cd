package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.LocalSpark;

@ExtendWith(LocalSpark.class)
class LastRowTest {
  @TempDir Path folder;

  /** Rows of {@code id} and {@code text}, which sort in opposite orders, in files. */
  private Dataset<Row> table(int rows) {
    String path = folder.resolve("table").toString();
    LocalSpark.session()
        .range(0, rows, 1, 3)
        .withColumn("text", concat(lit("x".repeat(100)), lit(1_000_000 + rows).minus(col("id"))))
        .write()
        .parquet(path);
    return LocalSpark.session().read().parquet(path);
  }

  private static List<RowKey> keys() {
    return List.of(
        new RowKey.InFile("t"),
        RowKey.of("t", "id", DataTypes.LongType),
        RowKey.of("t", "text", DataTypes.StringType));
  }

  private static Dataset<Row> keys(Dataset<Row> table, RowKey key) {
    return table.select(key.columns().toArray(Column[]::new));
  }

  /** Rows up to the last. */
  private static List<Row> upTo(Dataset<Row> keys, RowKey key, long limit) {
    Column last = new LastRow(keys, limit).of(key).map(key::upTo).orElse(lit(true));
    return keys.where(last).orderBy(RowKey.FIRST, RowKey.SECOND).collectAsList();
  }

  @Test
  void endsTheFirstRowsOfTheOrder() throws IOException {
    Dataset<Row> table = table(20);
    Path first;
    try (var files = Files.list(folder.resolve("table"))) {
      first = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    Files.copy(first, folder.resolve("table/a b%20ü.parquet"));
    table = LocalSpark.session().read().parquet(folder.resolve("table").toString());
    Dataset<Row> inFiles = keys(table, keys().get(0));
    List<Row> all = inFiles.orderBy(RowKey.FIRST, RowKey.SECOND).collectAsList();
    for (int limit : new int[] {1, 5, 6, 7, 8, 13, 14, all.size() - 1, all.size(), 99}) {
      assertThat(upTo(inFiles, keys().get(0), limit))
          .isEqualTo(all.subList(0, Math.min(limit, all.size())));
    }
  }

  @Test
  void sortsById() {
    Dataset<Row> table = table(20);
    for (RowKey key : keys().subList(1, 3)) {
      Dataset<Row> keys = keys(table, key);
      List<Row> all = keys.orderBy(RowKey.FIRST, RowKey.SECOND).collectAsList();
      for (int limit : new int[] {1, 10, 20, 21}) {
        assertThat(upTo(keys, key, limit)).isEqualTo(all.subList(0, Math.min(limit, all.size())));
      }
    }
  }

  @Test
  void keepsRowsThatLackOrShareAnId() {
    RowKey key = RowKey.of("t", "id", DataTypes.LongType);
    Dataset<Row> keys =
        keys(
            LocalSpark.session()
                .sql(
                    "select cast(v as bigint) as id from values (3), (null), (1), (1), (null) t(v)"),
            key);
    assertThat(upTo(keys, key, 1)).hasSize(2);
    assertThat(upTo(keys, key, 3)).hasSize(4);
    assertThat(upTo(keys, key, 5)).hasSize(5);
  }

  @Test
  void leavesTheKeysWithTheTasks() throws TimeoutException {
    Dataset<Row> table = table(20_000);
    for (RowKey key : keys()) {
      assertThat(sentBy(() -> new LastRow(keys(table, key), 10_000).of(key).orElseThrow()))
          .as(key.toString())
          .isLessThan(200_000);
    }
  }

  /** Bytes that tasks send to the driver. */
  private static long sentBy(Runnable action) throws TimeoutException {
    AtomicLong bytes = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            bytes.addAndGet(end.taskMetrics().resultSize());
          }
        };
    SparkContext context = LocalSpark.session().sparkContext();
    context.addSparkListener(listener);
    try {
      action.run();
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(listener);
    }
    return bytes.get();
  }
}
