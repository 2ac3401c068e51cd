package org.sparkvae.tensor;

import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Formula;

/**
 * The rows and columns that a formula has a value for.
 *
 * @param samples of each image
 * @param images whose values by image repeat for every sample
 * @param columns of a row
 */
record FormulaShape(int samples, int images, int columns) {

  /**
   * As the arguments have it: rows by those of values and of rows, images by those of images, and
   * by the rows where there are none. Where no argument has columns, but one has rows, there is one
   * column.
   *
   * @throws IllegalArgumentException where no argument tells, or two differ
   */
  static FormulaShape of(Map<Formula.Operand, Argument> arguments) {
    int images = one("images", lengths(arguments, Axes.IMAGE), -1);
    int rows =
        one(
            "rows",
            IntStream.concat(lengths(arguments, Axes.VALUE), lengths(arguments, Axes.ROW)),
            images);
    int columns =
        one(
            "columns",
            Stream.of(Axes.VALUE, Axes.IMAGE, Axes.COLUMN)
                .flatMapToInt(axes -> widths(arguments, axes)),
            of(arguments, Axes.ROW).findAny().isPresent() ? 1 : -1);
    if (rows < 0 || columns < 0 || (images > 0 && rows % images != 0)) {
      throw new IllegalArgumentException(
          "a formula of "
              + arguments.keySet()
              + " has no shape: "
              + rows
              + " rows of "
              + images
              + " images, "
              + columns
              + " columns");
    }
    return images < 0
        ? new FormulaShape(1, rows, columns)
        : new FormulaShape(rows / images, images, columns);
  }

  int rows() {
    return samples * images;
  }

  private static IntStream lengths(Map<Formula.Operand, Argument> arguments, Axes axes) {
    return of(arguments, axes).mapToInt(FormulaShape::rows);
  }

  private static int rows(Argument argument) {
    if (argument instanceof Rows rows) {
      return rows.count();
    }
    if (argument instanceof Parameter parameter) {
      return parameter.rows();
    }
    return argument instanceof ColumnRange range
        ? range.matrix().rows()
        : ((Matrix) argument).rows();
  }

  private static IntStream widths(Map<Formula.Operand, Argument> arguments, Axes axes) {
    return of(arguments, axes).mapToInt(FormulaShape::columns);
  }

  private static int columns(Argument argument) {
    if (argument instanceof Rows) {
      return 1;
    }
    if (argument instanceof Parameter parameter) {
      return parameter.columns();
    }
    return argument instanceof ColumnRange range ? range.count() : ((Matrix) argument).columns();
  }

  private static Stream<Argument> of(Map<Formula.Operand, Argument> arguments, Axes axes) {
    return arguments.entrySet().stream()
        .filter(entry -> entry.getKey().axes() == axes)
        .map(Entry::getValue);
  }

  private static int one(String what, IntStream numbers, int otherwise) {
    int[] distinct = numbers.distinct().toArray();
    if (distinct.length > 1) {
      throw new IllegalArgumentException(
          "the arguments of a formula have " + distinct[0] + " and " + distinct[1] + " " + what);
    }
    return distinct.length == 0 ? otherwise : distinct[0];
  }
}
