package org.sparkvae.job.apply.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.table.TablePath;
import scala.Tuple2;

/**
 * What a column of the images' table holds of their pixels.
 *
 * @param byId by the text of the image's id
 * @param digest of all of it
 */
public record Masks(JavaPairRDD<String, byte[]> byId, long digest) {
  private static final String ID = "id";
  private static final String MASK = "mask";

  /**
   * Those of a table.
   *
   * @param path of the Parquet table
   * @param idColumn that tells the images
   * @param column an array of truth values or numbers, or bytes
   * @throws DataException where the table has no such column
   */
  public static Masks read(SparkSession session, String path, String idColumn, String column) {
    Dataset<Row> table = table(session, path);
    Column mask = mask(table, path, column);
    Dataset<Row> masks = table.select(quoted(idColumn).cast("string").as(ID), mask.as(MASK));
    Row hash = masks.agg(sum(xxhash64(col(ID), col(MASK)).cast("decimal(38,0)"))).head();
    JavaPairRDD<String, byte[]> byId =
        masks
            .where(col(MASK).isNotNull())
            .toJavaRDD()
            .mapToPair(row -> new Tuple2<>(row.getString(0), row.<byte[]>getAs(1)));
    return new Masks(byId, hash.isNullAt(0) ? 0 : hash.getDecimal(0).hashCode());
  }

  /**
   * Looks at the table's columns alone.
   *
   * @throws DataException where there is no such column
   */
  public static void check(SparkSession session, String path, String column) {
    mask(table(session, path), path, column);
  }

  private static Dataset<Row> table(SparkSession session, String path) {
    return session.read().parquet(TablePath.literal(new Path(path)));
  }

  private static Column mask(Dataset<Row> table, String path, String column) {
    if (!List.of(table.columns()).contains(column)) {
      throw new DataException(
          "%s: there is no column %s of masks; there are %s"
              .formatted(path, column, String.join(", ", table.columns())));
    }
    return mask(path, column, table.schema().apply(column).dataType());
  }

  private static Column quoted(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }

  private static Column mask(String path, String column, DataType type) {
    if (type instanceof BinaryType) {
      return quoted(column);
    }
    if (type instanceof ArrayType array
        && (array.elementType() instanceof BooleanType
            || array.elementType() instanceof NumericType)) {
      // Hexadecimal digits are the one way from numbers to bytes that SQL has.
      return expr(
          "unhex(array_join(transform(`%s`, x -> if(coalesce(cast(x as double), 0) = 0, '00', '01')), ''))"
              .formatted(column.replace("`", "``")));
    }
    throw new DataException(
        "%s: column %s is of type %s; a mask is an array of truth values or numbers, or bytes"
            .formatted(path, column, type.simpleString()));
  }
}
