package org.sparkvae.posterior.loop;

import java.util.function.BiConsumer;
import org.sparkvae.device.code.Value;

/**
 * What stands below the diagonal of lower triangular matrices, column by column: [images, k (k - 1)
 * / 2].
 *
 * @param k rows
 */
record Triangle(int k) {
  /** How many values an image has. */
  int links() {
    return k * (k - 1) / 2;
  }

  /** The place of row i of column j, i above j. */
  Value place(Value image, Value j, Value i) {
    Value column = j.times(j.number(2 * k - 3).minus(j)).shiftRight(1);
    return image.times(image.number(links())).plus(column).plus(i).minus(1);
  }

  /**
   * The thread takes row i of each column.
   *
   * @param body of a column and a place
   */
  void row(LoopKernel loop, Value image, Value i, BiConsumer<Value, Value> body) {
    loop.kernel.repeat(i.number(0), i, i.number(1), j -> body.accept(j, place(image, j, i)));
  }

  /**
   * The thread takes each row of column j.
   *
   * @param body of a row and a place
   */
  void column(LoopKernel loop, Value image, Value j, BiConsumer<Value, Value> body) {
    loop.kernel.repeat(
        j.plus(1), j.number(k), j.number(1), i -> body.accept(i, place(image, j, i)));
  }
}
