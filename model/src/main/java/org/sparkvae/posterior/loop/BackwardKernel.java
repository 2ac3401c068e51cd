package org.sparkvae.posterior.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * The derivatives of a loop, a block for each image, which takes its rows one after the other: a
 * sum over them is one block's. Arguments: the inputs and the result, float32 matrices; what was
 * kept, float64; the derivative by the result, float32, and by the values of rows, float64; the
 * derivative by each input, float32, and whether it is added to, 0 or 1; images; rows.
 */
public final class BackwardKernel extends LoopKernel {
  private record Derivative(GlobalArray array, Value adds) {}

  private final GlobalArray out;
  private final GlobalArray kept;
  private final GlobalArray byOut;
  private final GlobalArray byRows;
  private final List<Derivative> byIn;
  private final Value images;
  private final Value rows;

  /** Begins. */
  public BackwardKernel(String name, int inputs) {
    super(name, inputs);
    out = matrices(1).get(0);
    kept = kernel.array(Type.F64);
    byOut = matrices(1).get(0);
    byRows = kernel.array(Type.F64);
    byIn =
        Stream.generate(() -> new Derivative(kernel.array(Type.F32), kernel.argument(Type.S32)))
            .limit(inputs)
            .toList();
    images = kernel.argument(Type.S32);
    rows = kernel.argument(Type.S32);
  }

  @Override
  Value image() {
    return kernel.block();
  }

  /** The derivatives by so many inputs, of so many columns for each image: set to 0, or kept. */
  List<GlobalArray> sums(int first, int end, int columns) {
    List<GlobalArray> sums = new ArrayList<>();
    for (Derivative by : byIn.subList(first, end)) {
      Value start = image().times(image().number(columns));
      kernel.when(
          by.adds().isEqual(0),
          () ->
              team()
                  .each(columns, i -> by.array().store(start.plus(i), kernel.number(Type.F32, 0))));
      sums.add(by.array());
    }
    return sums;
  }

  /** The derivative by one input, likewise. */
  GlobalArray sum(int input, int columns) {
    return sums(input, input + 1, columns).get(0);
  }

  /**
   * Takes each row of the block's image.
   *
   * @param body of a row
   */
  void eachRow(Consumer<Value> body) {
    // The sums may have been set to 0 by other threads than those that add to them.
    team().meet();
    kernel.repeat(image(), rows, images, body);
  }

  /** How many images there are. */
  Value images() {
    return images;
  }

  /** How many rows there are. */
  Value rowCount() {
    return rows;
  }

  GlobalArray out() {
    return out;
  }

  GlobalArray kept() {
    return kept;
  }

  GlobalArray byOut() {
    return byOut;
  }

  GlobalArray byRows() {
    return byRows;
  }

  /** A vector of k values is the share of a row of the derivative by an input. */
  void write(SharedArray from, int input, Value row, int k) {
    Derivative by = byIn.get(input);
    Value first = row.times(row.number(k));
    Value adds = by.adds().isEqual(1);
    team()
        .each(
            k,
            i -> {
              Value sum = kernel.variable(from.load(i).to(Type.F32));
              kernel.when(adds, () -> kernel.add(sum, by.array().load(first.plus(i))));
              by.array().store(first.plus(i), sum);
            });
  }

  /** Adds to a place of a sum. */
  static void add(GlobalArray sum, Value place, Value term) {
    sum.store(place, sum.load(place).plus(term.to(Type.F32)));
  }
}
