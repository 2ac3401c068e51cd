package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.spark_partition_id;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.source.OpenSource;

/**
 * What orders, names and numbers the rows of a table: two columns, named {@link #FIRST} and {@link
 * #SECOND}, at ordinals 0 and 1.
 */
sealed interface RowKey extends Serializable {
  /** Name of the first key column. */
  String FIRST = "key_1";

  /** Name of the second key column. */
  String SECOND = "key_2";

  /** The key columns of a table as it was read. */
  List<Column> columns();

  /** The rows up to and including one, given its key. */
  Column upTo(InternalRow key);

  /** How messages name a row. */
  String name(InternalRow row);

  /**
   * A row's id.
   *
   * @param ordinal of the row in its partition
   * @throws DataException where it has none
   */
  long id(InternalRow row, long ordinal);

  /**
   * A row's id where ids are text, else null.
   *
   * @throws DataException where it has none
   */
  default String text(InternalRow row) {
    return null;
  }

  /** How ids become ids of images. */
  OpenSource.Numbering numbering();

  /** Whether no two rows have the same key, whose order Spark may change. */
  default boolean keepsOrder() {
    return false;
  }

  /** The key by an id column. */
  static RowKey of(String table, String column, DataType type) {
    if (type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType) {
      return new Id(table, column);
    }
    if (type instanceof StringType) {
      return new TextId(table, column);
    }
    throw new DataException(
        String.format(
            "%s: id column '%s' is of type %s; name a column of whole numbers or strings",
            table, column, type.simpleString()));
  }

  /** The error for a row without an id. */
  private static DataException noId(String table, String column) {
    return new DataException(
        table + ": a row has no id in column '" + column + "'; give every row one");
  }

  /** Rows in the order of their files' names and, in them, as written; numbered. */
  record InFile(String table) implements RowKey {
    @Override
    public List<Column> columns() {
      return List.of(col("_metadata.file_path").as(FIRST), col("_metadata.row_index").as(SECOND));
    }

    @Override
    public Column upTo(InternalRow key) {
      Column inSameFile = col(FIRST).equalTo(key.getString(0));
      return col(FIRST).lt(key.getString(0)).or(inSameFile.and(col(SECOND).leq(key.getLong(1))));
    }

    @Override
    public String name(InternalRow row) {
      String file = row.getString(0);
      return table
          + ", row "
          + row.getLong(1)
          + " (from 0) of "
          + file.substring(file.lastIndexOf('/') + 1);
    }

    @Override
    public long id(InternalRow row, long ordinal) {
      return ordinal;
    }

    @Override
    public OpenSource.Numbering numbering() {
      return OpenSource.Numbering.WITHIN_PARTITION;
    }

    @Override
    public boolean keepsOrder() {
      return true;
    }
  }

  /** Rows of a Dataset in its own order, that of its partitions; numbered. */
  record InDataset(String table) implements RowKey {
    /** Spark's increasing number of a row: its partition's number above these bits. */
    private static final long IN_PARTITION = (1L << 33) - 1;

    @Override
    public List<Column> columns() {
      return List.of(spark_partition_id().as(FIRST), monotonically_increasing_id().as(SECOND));
    }

    @Override
    public Column upTo(InternalRow key) {
      return col(SECOND).leq(key.getLong(1));
    }

    @Override
    public String name(InternalRow row) {
      return String.format(
          Locale.ROOT,
          "%s, row %d (from 0) of partition %d",
          table,
          row.getLong(1) & IN_PARTITION,
          row.getInt(0));
    }

    @Override
    public long id(InternalRow row, long ordinal) {
      return ordinal;
    }

    @Override
    public OpenSource.Numbering numbering() {
      return OpenSource.Numbering.WITHIN_PARTITION;
    }
  }

  /** Rows in the order of an id column, so that the layout of the table does not matter. */
  record Id(String table, String column) implements RowKey {
    @Override
    public List<Column> columns() {
      return List.of(Quoted.column(column).cast("long").as(FIRST), lit(0L).as(SECOND));
    }

    @Override
    public Column upTo(InternalRow key) {
      return key.isNullAt(0)
          ? col(FIRST).isNull()
          : col(FIRST).isNull().or(col(FIRST).leq(key.getLong(0)));
    }

    @Override
    public String name(InternalRow row) {
      return table + ", id " + row.getLong(0);
    }

    @Override
    public long id(InternalRow row, long ordinal) {
      if (row.isNullAt(0)) {
        throw noId(table, column);
      }
      return row.getLong(0);
    }

    @Override
    public OpenSource.Numbering numbering() {
      return OpenSource.Numbering.GLOBAL;
    }
  }

  /**
   * Rows in the order of an id column of text (that of their UTF-8 bytes), in which they are
   * numbered.
   */
  record TextId(String table, String column) implements RowKey {
    @Override
    public List<Column> columns() {
      // One character more than may be tells the longer ones, whatever their length.
      return List.of(
          Quoted.column(column).substr(1, LabelColumn.LONGEST_NAME + 1).as(FIRST),
          lit(0L).as(SECOND));
    }

    @Override
    public Column upTo(InternalRow key) {
      return key.isNullAt(0)
          ? col(FIRST).isNull()
          : col(FIRST).isNull().or(col(FIRST).leq(key.getString(0)));
    }

    @Override
    public String name(InternalRow row) {
      return table + ", id " + row.getUTF8String(0);
    }

    @Override
    public long id(InternalRow row, long ordinal) {
      return ordinal;
    }

    @Override
    public String text(InternalRow row) {
      if (row.isNullAt(0)) {
        throw noId(table, column);
      }
      UTF8String id = row.getUTF8String(0);
      if (id.numChars() > LabelColumn.LONGEST_NAME) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: id column '%s' has an id of more than %,d characters; name another column",
                table,
                column,
                LabelColumn.LONGEST_NAME));
      }
      return id.toString();
    }

    @Override
    public OpenSource.Numbering numbering() {
      return OpenSource.Numbering.WITHIN_PARTITION;
    }
  }
}
