package org.sparkvae.posterior.loop;

import java.util.function.Consumer;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * The results of a loop, a block for each row. Arguments: the inputs, float32 matrices; the result,
 * likewise; a float64 value for each row; what is kept for the backward pass, float64; images.
 */
public final class ForwardKernel extends LoopKernel {
  private final GlobalArray out;
  private final GlobalArray rows;
  private final GlobalArray kept;
  private final Value images;

  /** Begins. */
  public ForwardKernel(String name, int inputs) {
    super(name, inputs);
    out = matrices(1).get(0);
    rows = kernel.array(Type.F64);
    kept = kernel.array(Type.F64);
    images = kernel.argument(Type.S32);
  }

  /**
   * Takes the block's row.
   *
   * @param body of the row
   */
  void row(Consumer<Value> body) {
    body.accept(kernel.block());
  }

  @Override
  Value image() {
    return kernel.block().modulo(images);
  }

  /** How many images there are. */
  Value images() {
    return images;
  }

  GlobalArray out() {
    return out;
  }

  GlobalArray rows() {
    return rows;
  }

  GlobalArray kept() {
    return kept;
  }

  /** A vector of k values to a row of the result. */
  void write(SharedArray from, Value row, int k) {
    Value first = row.times(row.number(k));
    team().each(k, i -> out.store(first.plus(i), from.load(i).to(Type.F32)));
  }
}
