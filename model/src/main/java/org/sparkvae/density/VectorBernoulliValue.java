package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * {@link VectorBernoulli} without the derivative, to the same bits.
 *
 * <p>Sums and products of all rows come first, then their logarithms: the two need more constants
 * than there are registers, and in one loop the compiler keeps those of neither.
 */
final class VectorBernoulliValue {
  private static final int RUN = VectorBernoulli.RUN;

  private final int pixels;
  private final int images;
  private final int rows;
  private final int whole;
  private final ByteBuffer x;
  private final ByteBuffer logits;
  private final float[] bias;
  private final float[] target;
  private final float[] sums;
  private final float[] products;

  VectorBernoulliValue(ByteBuffer x, ByteBuffer logits, ByteBuffer bias) {
    this.x = x;
    this.logits = logits;
    this.pixels = bias.capacity() / Float.BYTES;
    this.images = x.capacity() / Float.BYTES / pixels;
    this.rows = logits.capacity() / Float.BYTES / pixels;
    this.whole = pixels - pixels % LANES;
    this.bias = VectorBernoulli.padded(bias, pixels);
    this.target = new float[HostFloats.padded(pixels)];
    this.sums = new float[rows * LANES];
    this.products = new float[rows * LANES];
  }

  /** The value of every row. */
  void score(double[] out) {
    Arrays.fill(out, 0, rows, 0);
    for (int from = 0; from < target.length; from += RUN) {
      addRuns(from);
      if (whole < pixels && from + RUN >= target.length) {
        addTails();
      }
      addTotals(out);
    }
  }

  private void addRuns(int from) {
    for (int r = 0; r < rows; r++) {
      readTarget(r);
      add(r, from, Math.min(whole, from + RUN));
    }
  }

  private void addTotals(double[] out) {
    for (int r = 0; r < rows; r++) {
      out[r] += VectorBernoulli.total(sums, products, r * LANES);
    }
  }

  private void readTarget(int row) {
    if (row == 0 || images > 1) {
      HostFloats.read(x, row % images * pixels, target, pixels);
    }
  }

  /** The sums and products of a run of whole vectors of a row. */
  private void add(int row, int from, int to) {
    int at = (row * pixels + from) * Float.BYTES;
    FloatVector sum = all(0f);
    FloatVector product = all(1f);
    for (int d = from; d < to; d += LANES) {
      FloatVector l = load(logits, at + (d - from) * Float.BYTES).add(load(bias, d));
      product = product.fma(VectorMath.decay(l.abs().neg()), product);
      sum = sum.add(load(target, d).fma(l, VectorMath.positive(l).neg()));
    }
    sum.intoArray(sums, row * LANES);
    product.intoArray(products, row * LANES);
  }

  /** Adds the values behind the rows' whole vectors. */
  private void addTails() {
    float[] tail = new float[LANES];
    for (int r = 0; r < rows; r++) {
      readTarget(r);
      HostFloats.read(logits, r * pixels + whole, tail, pixels - whole);
      FloatVector l = load(tail, 0).add(load(bias, whole));
      FloatVector product = load(products, r * LANES);
      product.fma(VectorMath.decay(l.abs().neg()), product).intoArray(products, r * LANES);
      FloatVector rest = load(target, whole).fma(l, VectorMath.positive(l).neg());
      load(sums, r * LANES).add(rest).intoArray(sums, r * LANES);
    }
  }
}
