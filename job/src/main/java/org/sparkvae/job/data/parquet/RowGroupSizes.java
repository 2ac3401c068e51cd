package org.sparkvae.job.data.parquet;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.sparkvae.job.compute.ExecutorHeap;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.source.TaskRanges;

/**
 * Refuses row groups that cannot be read in this JVM's heap, or that unpack to far more than their
 * images need, by what the files' footers and the headers of their pages say, whichever say more:
 * Spark takes a row group's packed bytes into memory, and unpacks pages and a batch of rows, before
 * the length of any cell can be seen.
 *
 * <p>A dictionary holds a cell once, however many rows repeat it, and so do the footer's bytes.
 *
 * @param pixels whose cells are measured
 * @param small paths of the columns beside them: of ids, labels, and the like
 */
record RowGroupSizes(PixelColumn pixels, List<List<String>> small) implements Serializable {
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

  /** Rows to read at a time of images whose sizes only their cells tell. */
  private static final int UNSIZED_ROWS = 8;

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
  static void check(Dataset<Row> table, PixelColumn pixels, List<List<String>> small) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    List<String> files = Stream.of(table.inputFiles()).sorted().toList();
    int most = TASKS_PER_SLOT * spark.defaultParallelism();
    int tasks = TaskRanges.cut(files.size(), most, FEWEST_PER_TASK).size();
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    RowGroupSizes sizes = new RowGroupSizes(pixels, small);
    int slots = ExecutorHeap.slots(spark);
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

  /** What is wrong with the first row group of a file that is to be refused. */
  Optional<String> fault(Configuration hadoop, String uri, Memory memory) throws IOException {
    // As a URI: names may hold what a URI escapes.
    Path path = new Path(URI.create(uri));
    HadoopInputFile file = HadoopInputFile.fromPath(path, hadoop);
    try (ParquetFileReader reader = ParquetFileReader.open(file);
        SeekableInputStream in = file.newStream()) {
      List<BlockMetaData> groups = reader.getRowGroups();
      for (int number = 0; number < groups.size(); number++) {
        Optional<String> fault = fault(in, groups.get(number), memory);
        if (fault.isPresent()) {
          return Optional.of(
              String.format(
                  Locale.ROOT, "%s, row group %d (from 0): %s", path, number, fault.get()));
        }
      }
      return Optional.empty();
    }
  }

  private Optional<String> fault(SeekableInputStream in, BlockMetaData group, Memory memory) {
    if (group.getRowCount() == 0) {
      // Some writers close a table without rows so; readers pass over it.
      return Optional.empty();
    }
    for (List<String> column : small) {
      StoredColumn stored = StoredColumn.of(in, group, column);
      Optional<String> fault = stored.fault().or(() -> smallFault(stored, memory));
      if (fault.isPresent()) {
        return fault;
      }
    }
    StoredColumn stored = StoredColumn.of(in, group, pixels.stored());
    return stored.fault().or(() -> pixelsFault(stored, memory));
  }

  private static Optional<String> smallFault(StoredColumn column, Memory memory) {
    if (column.unpacked() <= memory.share()
        || column.unpacked() <= (double) column.rows() * MOST_SMALL) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "column '%s' unpacks to %,d bytes in %,d rows; name a column of ids or of labels of at"
                + " most %,d characters",
            column.name(),
            column.unpacked(),
            column.rows(),
            LabelColumn.LONGEST_NAME));
  }

  private Optional<String> pixelsFault(StoredColumn column, Memory memory) {
    if (isTooLarge(column.rows(), column.unpacked(), memory)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "column '%s' unpacks to %,d bytes, but %,d of %s need %,.0f; write the file again without cells"
                  + " that are no such images, or set the shape that they have",
              column.name(),
              column.unpacked(),
              column.rows(),
              pixels.form().shape(),
              need(column.rows())));
    }
    double taken =
        column.held()
            + (pixels.cellBytes() == 0
                ? takenUnsized(column, memory)
                : taken(column.rows(), column.unpacked(), column.packed()));
    if (taken * memory.tasks() > SHARE_TO_READ * memory.heap()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "column '%s' takes some %,.0f MiB to read, and a JVM that reads %d at a time has a heap of %,d MiB;"
                  + " give it more (spark.driver.memory in local mode, else spark.executor.memory)"
                  + " or write the file again in smaller row groups",
              column.name(),
              taken / MIB,
              memory.tasks(),
              memory.heap() / MIB));
    }
    return Optional.empty();
  }

  /** Whether so many bytes are far more than so many images need, and too many to be let in. */
  boolean isTooLarge(long rows, long bytes, Memory memory) {
    return pixels.cellBytes() > 0 && bytes > memory.share() && bytes > SLACK * need(rows);
  }

  /** Bytes of heap while a row group is read: all of it packed, and the cells of one batch. */
  double taken(long rows, long unpacked, long packed) {
    // Pages may say that they hold no value of the rows that the footer counts.
    long cells = Math.max(1, rows);
    double cell = unpacked / (double) cells;
    return packed + cell * (BATCH_COPIES * Math.min(cells, batchRows(pixels)) + CELL_COPIES);
  }

  /**
   * The same where only the cells tell their sizes: a page that is larger than what a task may read
   * whatever it is counts as a single cell.
   */
  static double takenUnsized(StoredColumn column, Memory memory) {
    double cell =
        column.held() <= memory.share()
            ? column.unpacked() / (double) Math.max(1, column.rows())
            : column.held();
    double batch = Math.min(cell * UNSIZED_ROWS, column.unpacked());
    return column.packed() + BATCH_COPIES * batch + CELL_COPIES * cell;
  }

  /** Rows to read at a time: {@link #BATCH} of images, or one. */
  static int batchRows(PixelColumn pixels) {
    return pixels.cellBytes() == 0
        ? UNSIZED_ROWS
        : (int) Math.max(1, BATCH / (pixels.cellBytes() + OVERHEAD));
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
