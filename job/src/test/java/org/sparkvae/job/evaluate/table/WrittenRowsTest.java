package org.sparkvae.job.evaluate.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.evaluate.scoring.EvaluationException;

class WrittenRowsTest {
  private final Configuration hadoop = new Configuration();

  @TempDir Path folder;

  @Test
  void refusesATableOfWhichTheDriverSeesAPart() throws IOException {
    Path table = folder.resolve("table");
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      spark.range(0, 30, 1, 3).write().parquet(table.toString());
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(table.toUri());
    assertThatCode(() -> WrittenRows.check(hadoop, path, 30)).doesNotThrowAnyException();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(table, "part-00001*.parquet")) {
      Files.delete(files.iterator().next());
    }
    assertThatThrownBy(() -> WrittenRows.check(hadoop, path, 30))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(
            path
                + ": 20 of 30 rows are there; set run.directory to a path that the driver and all"
                + " executors share, such as one on HDFS");
  }
}
