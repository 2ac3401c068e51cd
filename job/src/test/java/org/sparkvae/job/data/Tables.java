package org.sparkvae.job.data;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Parquet tables of the tests. */
final class Tables {
  /** The type of Spark's image struct. */
  static final String IMAGE =
      "struct<origin: string, height: int, width: int, nChannels: int, mode: int, data: binary>";

  private Tables() {}

  /** Writes rows to so many files, in order. */
  static String write(Path path, String schema, int files, List<Row> rows) {
    SparkSession spark = LocalSpark.session();
    org.apache.spark.api.java.JavaSparkContext context =
        org.apache.spark.api.java.JavaSparkContext.fromSparkContext(spark.sparkContext());
    spark
        .createDataFrame(context.parallelize(rows, files), StructType.fromDDL(schema))
        .write()
        .parquet(path.toString());
    return path.toString();
  }

  /** An image struct. */
  static Row struct(int height, int width, int channels, int mode, int... data) {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) data[i];
    }
    return RowFactory.create("file:/origin.png", height, width, channels, mode, bytes);
  }
}
