package org.sparkvae.job.data;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Refuses row groups that cannot be read in this JVM's heap, or that unpack to far more than their
 * images need, by what the files' footers say: Spark takes a row group's packed bytes into memory,
 * and unpacks pages and a batch of rows, before the length of any cell can be seen.
 *
 * <p>A dictionary holds a cell once, however many rows repeat it, and so do the footer's bytes.
 *
 * @param pixels whose cells are measured
 * @param small columns of ids and labels
 */
record RowGroupSizes(PixelColumn pixels, List<String> small) implements Serializable {
  /** Row groups up to here are read where the heap allows: twice those of Parquet's own writer. */
  static final long ALWAYS_READ = 256L << 20;

  /** Bytes of a batch of cells. */
  private static final long BATCH = 16L << 20;

  /**
   * Times that a batch of cells is in memory: the column, and a smaller one that it grows out of.
   */
  private static final int BATCH_COPIES = 3;

  /**
   * Times that a cell is: packed, in its page, in the column and in rows, which grow by doubling.
   */
  private static final int CELL_COPIES = 8;

  /** Of the heap: the rest is for what the job has there already. */
  private static final double SHARE_TO_READ = 2 / 3.0;

  /** Allows for encodings that take more than the values themselves. */
  private static final double SLACK = 2;

  /** Of a cell beside its values: its length, and levels. */
  private static final int OVERHEAD = 8;

  /** Bytes of an id or a label. */
  private static final int MOST_SMALL = 4 * LabelColumn.LONGEST_NAME + OVERHEAD;

  private static final int MIB = 1 << 20;
  private static final int TASKS_PER_SLOT = 4;
  private static final int FEWEST_PER_TASK = 10;

  /**
   * Checks the files of a table, in tasks.
   *
   * @throws DataException for the first row group that is too large
   */
  static void check(Dataset<Row> table, PixelColumn pixels, List<String> small) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    List<String> files = Stream.of(table.inputFiles()).sorted().toList();
    int most = TASKS_PER_SLOT * spark.defaultParallelism();
    int tasks = Ranges.cut(files.size(), most, FEWEST_PER_TASK).size();
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    RowGroupSizes sizes = new RowGroupSizes(pixels, small);
    int slots = slotsOfAnExecutor(spark);
    List<String> faults =
        spark
            .parallelize(files, tasks)
            .flatMap(
                file -> {
                  Memory memory = new Memory(Runtime.getRuntime().maxMemory(), slots);
                  return sizes.fault(hadoop.value().value(), file, memory).stream().iterator();
                })
            .collect();
    if (!faults.isEmpty()) {
      throw new DataException(faults.get(0));
    }
  }

  private static int slotsOfAnExecutor(JavaSparkContext spark) {
    // The driver is among them, alone in local mode.
    int executors = Math.max(1, spark.sc().getExecutorMemoryStatus().size() - 1);
    return (spark.defaultParallelism() + executors - 1) / executors;
  }

  /** What is wrong with the first row group of a file that is to be refused. */
  Optional<String> fault(Configuration hadoop, String uri, Memory memory) throws IOException {
    // As a URI: names may hold what a URI escapes.
    Path file = new Path(URI.create(uri));
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      List<BlockMetaData> groups = reader.getRowGroups();
      for (int number = 0; number < groups.size(); number++) {
        Optional<String> fault = fault(groups.get(number), memory);
        if (fault.isPresent()) {
          return Optional.of(
              String.format(
                  Locale.ROOT, "%s, row group %d (from 0): %s", file, number, fault.get()));
        }
      }
      return Optional.empty();
    }
  }

  private Optional<String> fault(BlockMetaData group, Memory memory) {
    long rows = group.getRowCount();
    for (String column : small) {
      long bytes = sum(group, List.of(column), ColumnChunkMetaData::getTotalUncompressedSize);
      if (bytes > memory.share() && bytes > (double) rows * MOST_SMALL) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "column '%s' unpacks to %,d bytes in %,d rows; name a column of ids or of labels of"
                    + " at most %,d characters",
                column,
                bytes,
                rows,
                LabelColumn.LONGEST_NAME));
      }
    }
    return pixelsFault(group, rows, memory);
  }

  private Optional<String> pixelsFault(BlockMetaData group, long rows, Memory memory) {
    List<String> stored = pixels.stored();
    String column = String.join(".", stored);
    long bytes = sum(group, stored, ColumnChunkMetaData::getTotalUncompressedSize);
    if (isTooLarge(rows, bytes, memory)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "column '%s' unpacks to %,d bytes, but %,d of %s need %,.0f; write the file again without cells"
                  + " that are no such images, or set the shape that they have",
              column,
              bytes,
              rows,
              pixels.shape(),
              need(rows)));
    }
    double taken = taken(rows, bytes, sum(group, stored, ColumnChunkMetaData::getTotalSize));
    if (taken * memory.tasks() > SHARE_TO_READ * memory.heap()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "column '%s' takes some %,.0f MiB to read, and a JVM that reads %d at a time has a heap of %,d MiB;"
                  + " give it more (spark.driver.memory in local mode, else spark.executor.memory)"
                  + " or write the file again in smaller row groups",
              column,
              taken / MIB,
              memory.tasks(),
              memory.heap() / MIB));
    }
    return Optional.empty();
  }

  private static long sum(
      BlockMetaData group, List<String> stored, ToLongFunction<ColumnChunkMetaData> size) {
    return group.getColumns().stream()
        .filter(
            column -> {
              List<String> path = Arrays.asList(column.getPath().toArray());
              return path.size() >= stored.size() && path.subList(0, stored.size()).equals(stored);
            })
        .mapToLong(size)
        .sum();
  }

  /** Whether so many bytes are far more than so many images need, and too many to be let in. */
  boolean isTooLarge(long rows, long bytes, Memory memory) {
    return bytes > memory.share() && bytes > SLACK * need(rows);
  }

  /** Bytes of heap while a row group is read: all of it packed, and the cells of one batch. */
  double taken(long rows, long unpacked, long packed) {
    double cell = unpacked / (double) rows;
    return packed + cell * (BATCH_COPIES * Math.min(rows, batchRows(pixels)) + CELL_COPIES);
  }

  /** Rows to read at a time: {@link #BATCH} of images, or one. */
  static int batchRows(PixelColumn pixels) {
    return (int) Math.max(1, BATCH / (pixels.cellBytes() + OVERHEAD));
  }

  /** Bytes; a double, as a damaged footer may hold any number of rows. */
  private double need(long rows) {
    return (double) rows * (pixels.cellBytes() + OVERHEAD);
  }

  /**
   * What the reading JVM has.
   *
   * @param heap bytes
   * @param tasks that may read at a time
   */
  record Memory(long heap, int tasks) {
    /** Bytes of cells that a task may read whatever they are. */
    private long share() {
      return Math.min(ALWAYS_READ, heap / tasks / (2 * CELL_COPIES));
    }
  }
}
