package org.sparkvae.job.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

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
  Column upTo(Row key);

  /** How messages name a row. */
  String name(InternalRow row);

  /**
   * A row's id.
   *
   * @param ordinal of the row in its partition
   * @throws DataException where it has none
   */
  long id(InternalRow row, long ordinal);

  /** How ids become ids of images. */
  OpenSource.Numbering numbering();

  /** Rows in the order of their files' names and, in them, as written; numbered. */
  record InFile(String table) implements RowKey {
    @Override
    public List<Column> columns() {
      return List.of(col("_metadata.file_path").as(FIRST), col("_metadata.row_index").as(SECOND));
    }

    @Override
    public Column upTo(Row key) {
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
  }

  /** Rows in the order of an id column, so that the layout of the table does not matter. */
  record Id(String table, String column) implements RowKey {
    @Override
    public List<Column> columns() {
      return List.of(col("`" + column + "`").cast("long").as(FIRST), lit(0L).as(SECOND));
    }

    @Override
    public Column upTo(Row key) {
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
        throw new DataException(
            table + ": a row has no id in column '" + column + "'; give every row one");
      }
      return row.getLong(0);
    }

    @Override
    public OpenSource.Numbering numbering() {
      return OpenSource.Numbering.GLOBAL;
    }
  }
}
