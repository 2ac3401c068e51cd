package org.sparkvae.job.data;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Refuses row groups that unpack to far more than their images need, by what the files' footers
 * say: Spark unpacks pages, and a batch of rows, before the length of any cell can be seen.
 *
 * <p>A dictionary holds a cell once, however many rows repeat it, and so do the footer's bytes.
 *
 * @param pixels whose cells are measured
 */
record RowGroupSizes(PixelColumn pixels) implements Serializable {
  /** Row groups up to here are read, whatever they hold: twice those of Parquet's own writer. */
  static final long ALWAYS_READ = 256L << 20;

  /** Allows for encodings that take more than the values themselves. */
  private static final double SLACK = 2;

  /** Of a cell beside its values: its length, and levels. */
  private static final int OVERHEAD = 8;

  private static final int TASKS_PER_SLOT = 4;
  private static final int FEWEST_PER_TASK = 10;

  /**
   * Checks the files of a table, in tasks.
   *
   * @throws DataException for the first row group that is too large
   */
  static void check(Dataset<Row> table, PixelColumn pixels) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    List<String> files = Stream.of(table.inputFiles()).sorted().toList();
    int most = TASKS_PER_SLOT * spark.defaultParallelism();
    int tasks = Ranges.cut(files.size(), most, FEWEST_PER_TASK).size();
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    RowGroupSizes sizes = new RowGroupSizes(pixels);
    List<String> faults =
        spark
            .parallelize(files, tasks)
            .flatMap(file -> sizes.fault(hadoop.value().value(), file).stream().iterator())
            .collect();
    if (!faults.isEmpty()) {
      throw new DataException(faults.get(0));
    }
  }

  private Optional<String> fault(Configuration hadoop, String uri) throws IOException {
    // As a URI: names may hold what a URI escapes.
    Path file = new Path(URI.create(uri));
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      List<BlockMetaData> groups = reader.getRowGroups();
      for (int group = 0; group < groups.size(); group++) {
        long rows = groups.get(group).getRowCount();
        long bytes = unpacked(groups.get(group));
        if (isTooLarge(rows, bytes)) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "%s, row group %d (from 0): column '%s' unpacks to %,d bytes, but %,d of %s need"
                      + " %,.0f; write the file again without cells that are no such images",
                  file,
                  group,
                  String.join(".", pixels.stored()),
                  bytes,
                  rows,
                  pixels.shape(),
                  need(rows)));
        }
      }
      return Optional.empty();
    }
  }

  private long unpacked(BlockMetaData group) {
    List<String> stored = pixels.stored();
    return group.getColumns().stream()
        .filter(
            column -> {
              List<String> path = Arrays.asList(column.getPath().toArray());
              return path.size() >= stored.size() && path.subList(0, stored.size()).equals(stored);
            })
        .mapToLong(column -> column.getTotalUncompressedSize())
        .sum();
  }

  /** Whether so many bytes are far more than so many images need. */
  boolean isTooLarge(long rows, long bytes) {
    return bytes > ALWAYS_READ && bytes > SLACK * need(rows);
  }

  /** Bytes; a double, as a damaged footer may hold any number of rows. */
  private double need(long rows) {
    return (double) rows * (pixels.cellBytes() + OVERHEAD);
  }
}
