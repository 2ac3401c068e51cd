package org.sparkvae.device.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The threads of a block, which work on vectors together: where a loop on the host takes the values
 * one after the other, each thread takes every n-th.
 *
 * <p>A thread has the same places of every vector, so that it may read what it has written itself.
 * Between what one thread writes and another reads stands a {@link #meet}.
 */
public final class Team {
  private final KernelBuilder kernel;
  private final int threads;
  private SharedArray shared;
  private int held;

  /**
   * The threads of the kernel's blocks.
   *
   * @param threads a power of 2
   */
  public Team(KernelBuilder kernel, int threads) {
    this.kernel = kernel;
    this.threads = threads;
  }

  /** Each place from first to before end is one thread's. */
  public void each(Value first, Value end, Consumer<Value> body) {
    kernel.repeat(first.plus(kernel.thread()), end, kernel.number(threads), body);
  }

  /** Each place from 0 to before count is one thread's. */
  public void each(int count, Consumer<Value> body) {
    each(kernel.number(0), kernel.number(count), body);
  }

  /** One thread alone. */
  public void one(Runnable body) {
    kernel.when(kernel.thread().isEqual(0), body);
  }

  /** All threads arrive before any goes on. */
  public void meet() {
    kernel.barrier();
  }

  /** The float64 sum over places from first to before end, which every thread is given. */
  public Value sum(Value first, Value end, UnaryOperator<Value> term) {
    return sums(first, end, List.of(term)).get(0);
  }

  /** The float64 sum over places from 0 to before count, which every thread is given. */
  public Value sum(int count, UnaryOperator<Value> term) {
    return sum(kernel.number(0), kernel.number(count), term);
  }

  /** Sums as {@link #sum}, all in the time of one. */
  @SafeVarargs
  public final List<Value> sums(int count, UnaryOperator<Value>... terms) {
    return sums(kernel.number(0), kernel.number(count), Arrays.asList(terms));
  }

  private List<Value> sums(Value first, Value end, List<UnaryOperator<Value>> terms) {
    return together(first, end, terms, 0, Value::plus);
  }

  /** The largest of the float64 values from first to before end, which every thread is given. */
  public Value largest(Value first, Value end, UnaryOperator<Value> value) {
    return together(first, end, List.of(value), Double.NEGATIVE_INFINITY, Value::greater).get(0);
  }

  private List<Value> together(
      Value first,
      Value end,
      List<UnaryOperator<Value>> terms,
      double start,
      BinaryOperator<Value> combine) {
    if (held < terms.size()) {
      held = terms.size();
      shared = kernel.shared(Type.F64, held * threads);
    }
    List<Value> mine =
        terms.stream().map(term -> kernel.variable(kernel.number(Type.F64, start))).toList();
    each(
        first,
        end,
        place -> {
          for (int i = 0; i < terms.size(); i++) {
            Value term = terms.get(i).apply(place).to(Type.F64);
            kernel.set(mine.get(i), combine.apply(mine.get(i), term));
          }
        });
    Value thread = kernel.thread();
    for (int i = 0; i < terms.size(); i++) {
      shared.store(thread.plus(i * threads), mine.get(i));
    }
    for (int half = threads / 2; half > 0; half /= 2) {
      meet();
      halve(thread, half, terms.size(), combine);
    }
    meet();
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      all.add(shared.load(kernel.number(i * threads)));
    }
    // What comes next must not overwrite what a slower thread has yet to read.
    meet();
    return all;
  }

  private void halve(Value thread, int half, int count, BinaryOperator<Value> combine) {
    kernel.when(
        thread.isLess(half),
        () -> {
          for (int i = 0; i < count; i++) {
            Value at = thread.plus(i * threads);
            shared.store(at, combine.apply(shared.load(at), shared.load(at.plus(half))));
          }
        });
  }
}
