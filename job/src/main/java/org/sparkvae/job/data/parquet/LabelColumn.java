package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.UnusableImageException;

/** The labels of a table, at ordinal {@link #AT}; null is none. */
sealed interface LabelColumn extends Serializable {
  /** Ordinal of the label. */
  int AT = 2;

  /** The most characters of a label. */
  int LONGEST_NAME = 1_000;

  /** What to select of the table. */
  Column column();

  /** A row's label, -1 for none. */
  int label(InternalRow row) throws UnusableImageException;

  /** What labels stand for, by number; empty where they are numbers. */
  List<String> names();

  /** The label column of a table; an empty name is none. */
  static LabelColumn of(Dataset<Row> table, String path, String name) {
    if (name.isEmpty()) {
      return new None();
    }
    DataType type = ParquetTable.type(table, path, name);
    if (type instanceof NumericType) {
      return new WholeNumber(name);
    }
    if (type instanceof StringType) {
      return Text.of(table, path, name);
    }
    throw new DataException(
        String.format(
            "%s: label column '%s' is of type %s; name a column of numbers or strings",
            path, name, type.simpleString()));
  }

  record None() implements LabelColumn {
    @Override
    public Column column() {
      return lit(-1);
    }

    @Override
    public int label(InternalRow row) {
      return -1;
    }

    @Override
    public List<String> names() {
      return List.of();
    }
  }

  /** Whole numbers from 0 on, or -1 for none. */
  record WholeNumber(String name) implements LabelColumn {
    @Override
    public Column column() {
      return Quoted.column(name).cast("double");
    }

    @Override
    public int label(InternalRow row) throws UnusableImageException {
      if (row.isNullAt(AT)) {
        return -1;
      }
      double label = row.getDouble(AT);
      if (label != Math.rint(label) || label < -1 || label > Integer.MAX_VALUE) {
        throw new UnusableImageException(
            "with a label that is no whole number",
            "label " + label + " is no whole number from 0 on");
      }
      return (int) label;
    }

    @Override
    public List<String> names() {
      return List.of();
    }
  }

  /** Strings, numbered in sorted order. */
  record Text(String name, List<String> names, Map<String, Integer> numbers)
      implements LabelColumn {
    private static final int MOST_NAMES = 100_000;

    static Text of(Dataset<Row> table, String path, String name) {
      Column column = Quoted.column(name);
      List<String> names =
          table
              .where(column.isNotNull())
              .select(column.substr(1, LONGEST_NAME + 1))
              .distinct()
              .limit(MOST_NAMES + 1)
              .collectAsList()
              .stream()
              .map(row -> row.getString(0))
              .sorted()
              .toList();
      if (names.stream().anyMatch(label -> label.length() > LONGEST_NAME)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: label column '%s' has a label of more than %,d characters; name another column",
                path,
                name,
                LONGEST_NAME));
      }
      if (names.size() > MOST_NAMES) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: label column '%s' has more than %,d different labels; name another column",
                path,
                name,
                MOST_NAMES));
      }
      Map<String, Integer> numbers = new HashMap<>();
      names.forEach(label -> numbers.put(label, numbers.size()));
      return new Text(name, names, numbers);
    }

    @Override
    public Column column() {
      return Quoted.column(name);
    }

    @Override
    public int label(InternalRow row) {
      return row.isNullAt(AT) ? -1 : numbers.get(row.getString(AT));
    }
  }
}
