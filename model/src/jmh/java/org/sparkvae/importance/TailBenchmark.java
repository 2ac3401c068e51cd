package org.sparkvae.importance;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the tail of 5,000 weights, in blocks of 250, adds to the scoring of an image. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class TailBenchmark {
  private static final int SAMPLES = 5000;
  private static final int BLOCK = 250;
  private static final int IMAGES = 100;

  /** Standard deviation of the log-weights, nats. */
  @Param({"1", "5"})
  public double spread;

  private final TailSelection selection = new TailSelection(SAMPLES, true);
  private double[][] blocks;
  private int next;

  /** Draws the log-weights of several images, so that no processor learns an order by heart. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    blocks = new double[IMAGES * SAMPLES / BLOCK][BLOCK];
    for (double[] block : blocks) {
      for (int i = 0; i < BLOCK; i++) {
        block[i] = -100 + spread * random.nextGaussian();
      }
    }
  }

  /** The largest weights of an image. */
  @Benchmark
  public Tail selection() {
    selection.clear();
    for (int block = 0; block < SAMPLES / BLOCK; block++) {
      selection.add(blocks[next], BLOCK);
      next = (next + 1) % blocks.length;
    }
    return selection.tail();
  }

  /** The same, and the fit. */
  @Benchmark
  public Reliability reliability() {
    return Reliability.of(selection());
  }
}
