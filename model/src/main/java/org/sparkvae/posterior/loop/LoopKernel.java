package org.sparkvae.posterior.loop;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Team;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * A kernel that is being built, of a loop over rows. A matrix with a row for each image has image r
 * % images for row r.
 */
abstract sealed class LoopKernel permits ForwardKernel, BackwardKernel {
  /** One warp: its threads meet without waiting for others. */
  private static final int THREADS = 32;

  final KernelBuilder kernel;
  private final Team team;
  private final List<GlobalArray> in;

  LoopKernel(String name, int inputs) {
    kernel = new KernelBuilder(name, THREADS);
    team = new Team(kernel, THREADS);
    in = matrices(inputs);
  }

  final List<GlobalArray> matrices(int count) {
    return Stream.generate(() -> kernel.array(Type.F32)).limit(count).toList();
  }

  /** The image whose row the block takes. */
  abstract Value image();

  /** The threads that work on a row. */
  final Team team() {
    return team;
  }

  /** An input. */
  final GlobalArray in(int number) {
    return in.get(number);
  }

  /** How many inputs there are. */
  final int inputs() {
    return in.size();
  }

  /** Memory of the block for so many float64 values. */
  final SharedArray vector(int length) {
    return kernel.shared(Type.F64, length);
  }

  /** A float64 variable. */
  final Value variable(double first) {
    return kernel.variable(kernel.number(Type.F64, first));
  }

  /** A row of k values of a matrix to a vector. */
  final void read(GlobalArray matrix, Value row, int k, SharedArray to) {
    Value first = row.times(row.number(k));
    team.each(k, i -> to.store(i, wide(matrix, first.plus(i))));
  }

  /** For each number from 0 to before end, all threads together. */
  final void count(int end, Consumer<Value> body) {
    kernel.repeat(kernel.number(0), kernel.number(end), kernel.number(1), body);
  }

  /** A value of a matrix as a float64. */
  static Value wide(GlobalArray matrix, Value place) {
    return matrix.load(place).to(Type.F64);
  }

  /** tanh, in float32. */
  static Value tanh(Value x) {
    return Elementary.tanh(x.to(Type.F32)).to(Type.F64);
  }

  /** The slope of tanh where it is h. */
  static Value slope(Value h) {
    return h.number(1).minus(h.times(h));
  }

  /** What was built. */
  public final Kernel build() {
    return kernel.build();
  }
}
