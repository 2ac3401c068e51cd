package org.sparkvae.job.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * What the files of a Parquet table say of themselves, as the driver sees them.
 *
 * <p>On a path that machines do not share, executors write to their own disks, and Spark's
 * committer takes what the driver sees for all there is: the footers tell.
 *
 * @param files a footer each
 */
public record Footers(List<Footer> files) {
  private static final String COLUMNS = "org.apache.spark.sql.parquet.row.metadata";

  public Footers {
    files = List.copyOf(files);
  }

  /**
   * A file's.
   *
   * @param columns as Spark describes them; null where another program wrote the file
   */
  public record Footer(long rows, String columns) {
    /** What the metadata of the first column holds under a key. */
    Optional<String> mark(String key) {
      return Optional.ofNullable(columns)
          .flatMap(json -> MarkedColumns.mark((StructType) DataType.fromJson(json), key));
    }
  }

  /**
   * Those of a table.
   *
   * @throws IOException where the file system fails, or a file is damaged
   */
  public static Footers of(Configuration hadoop, Path table) throws IOException {
    FileSystem files = table.getFileSystem(hadoop);
    List<Footer> footers = new ArrayList<>();
    for (FileStatus file : files.listStatus(table)) {
      if (file.isFile() && file.getPath().getName().endsWith(".parquet")) {
        try (ParquetFileReader reader =
            ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
          String columns = reader.getFileMetaData().getKeyValueMetaData().get(COLUMNS);
          footers.add(new Footer(reader.getRecordCount(), columns));
        }
      }
    }
    return new Footers(footers);
  }

  /** Whether a table has the file that is written last. */
  public static boolean isWhole(Configuration hadoop, Path table) throws IOException {
    Path success = new Path(table, FileOutputCommitter.SUCCEEDED_FILE_NAME);
    return table.getFileSystem(hadoop).exists(success);
  }

  /** Rows of all files. */
  public long rows() {
    return files.stream().mapToLong(Footer::rows).sum();
  }

  /** What the first column's metadata holds under a key in every file; empty where they differ. */
  public Optional<String> mark(String key) {
    List<Optional<String>> marks = files.stream().map(file -> file.mark(key)).distinct().toList();
    return marks.size() == 1 ? marks.get(0) : Optional.empty();
  }
}
