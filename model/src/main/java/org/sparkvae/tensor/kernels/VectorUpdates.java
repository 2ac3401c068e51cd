package org.sparkvae.tensor.kernels;

import static org.sparkvae.host.HostFloats.STRIDE;
import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.HostFloats.store;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import org.sparkvae.host.HostFloats;

/** One pass over whole parameter-sized arrays. */
final class VectorUpdates {
  private VectorUpdates() {}

  /** See {@link Kernels#scaleRows}. */
  static void scaleRows(ByteBuffer a, int columns, double[] row) {
    for (int r = 0, from = 0; from < a.capacity() / Float.BYTES; r++, from += columns) {
      float factor = (float) row[r];
      int d = 0;
      for (; d + LANES <= columns; d += LANES) {
        int at = (from + d) * Float.BYTES;
        store(load(a, at).mul(factor), a, at);
      }
      for (; d < columns; d++) {
        HostFloats.put(a, from + d, HostFloats.get(a, from + d) * factor);
      }
    }
  }

  /** See {@link Kernels#addScaled}. */
  static void addScaled(float alpha, ByteBuffer x, ByteBuffer y) {
    FloatVector slope = all(alpha);
    int end = HostFloats.wholeVectors(y.capacity() / Float.BYTES);
    for (int at = 0; at < end; at += STRIDE) {
      store(load(x, at).fma(slope, load(y, at)), y, at);
    }
    if (end < y.capacity()) {
      ByteBuffer tail = HostFloats.tail(0, y, end);
      addScaled(alpha, HostFloats.tail(1, x, end), tail);
      HostFloats.putTail(tail, y, end);
    }
  }

  /** See {@link Kernels#momentum}. */
  static void momentum(ByteBuffer p, ByteBuffer g, ByteBuffer velocity, float rate, float decay) {
    FloatVector keep = all(decay);
    FloatVector step = all(-rate);
    int end = HostFloats.wholeVectors(p.capacity() / Float.BYTES);
    for (int at = 0; at < end; at += STRIDE) {
      FloatVector v = load(velocity, at).fma(keep, load(g, at));
      store(v, velocity, at);
      store(v.fma(step, load(p, at)), p, at);
    }
    if (end < p.capacity()) {
      ByteBuffer pTail = HostFloats.tail(0, p, end);
      ByteBuffer velocityTail = HostFloats.tail(1, velocity, end);
      momentum(pTail, HostFloats.tail(2, g, end), velocityTail, rate, decay);
      HostFloats.putTail(pTail, p, end);
      HostFloats.putTail(velocityTail, velocity, end);
    }
  }

  /** See {@link Kernels#adam}, with rate / correction1 as the rate and 1 / correction2. */
  static void adam(ByteBuffer p, ByteBuffer g, ByteBuffer first, ByteBuffer second, AdamStep step) {
    int end = HostFloats.wholeVectors(p.capacity() / Float.BYTES);
    for (int at = 0; at < end; at += STRIDE) {
      FloatVector gradient = load(g, at);
      FloatVector m = step.first(load(first, at), gradient);
      FloatVector v = step.second(load(second, at), gradient);
      store(m, first, at);
      store(v, second, at);
      store(step.parameters(load(p, at), m, v), p, at);
    }
    if (end < p.capacity()) {
      ByteBuffer pTail = HostFloats.tail(0, p, end);
      ByteBuffer firstTail = HostFloats.tail(1, first, end);
      ByteBuffer secondTail = HostFloats.tail(2, second, end);
      adam(pTail, HostFloats.tail(3, g, end), firstTail, secondTail, step);
      HostFloats.putTail(pTail, p, end);
      HostFloats.putTail(firstTail, first, end);
      HostFloats.putTail(secondTail, second, end);
    }
  }

  /** See {@link Kernels#adamax}. */
  static void adamax(
      ByteBuffer p, ByteBuffer g, ByteBuffer first, ByteBuffer norm, AdamaxStep step) {
    int end = HostFloats.wholeVectors(p.capacity() / Float.BYTES);
    for (int at = 0; at < end; at += STRIDE) {
      FloatVector gradient = load(g, at);
      FloatVector m = step.first(load(first, at), gradient);
      FloatVector u = step.norm(load(norm, at), gradient);
      store(m, first, at);
      store(u, norm, at);
      store(step.parameters(load(p, at), m, u), p, at);
    }
    if (end < p.capacity()) {
      ByteBuffer pTail = HostFloats.tail(0, p, end);
      ByteBuffer firstTail = HostFloats.tail(1, first, end);
      ByteBuffer normTail = HostFloats.tail(2, norm, end);
      adamax(pTail, HostFloats.tail(3, g, end), firstTail, normTail, step);
      HostFloats.putTail(pTail, p, end);
      HostFloats.putTail(firstTail, first, end);
      HostFloats.putTail(normTail, norm, end);
    }
  }

  /** The numbers of an Adamax step. */
  record AdamaxStep(float rate, double beta1, float beta2, float epsilon) {
    FloatVector first(FloatVector moment, FloatVector g) {
      return moment.fma(all((float) beta1), g.mul((float) (1 - beta1)));
    }

    FloatVector norm(FloatVector norm, FloatVector g) {
      return norm.mul(beta2).max(g.abs());
    }

    FloatVector parameters(FloatVector p, FloatVector m, FloatVector u) {
      return p.sub(m.mul(rate).div(u.add(epsilon)));
    }
  }

  /**
   * The numbers of an Adam step.
   *
   * @param rate the learning rate divided by correction1
   * @param inverse 1 / correction2
   */
  record AdamStep(float rate, double beta1, double beta2, float epsilon, float inverse) {
    FloatVector first(FloatVector moment, FloatVector g) {
      return moment.fma(all((float) beta1), g.mul((float) (1 - beta1)));
    }

    FloatVector second(FloatVector moment, FloatVector g) {
      return moment.fma(all((float) beta2), g.mul(g).mul((float) (1 - beta2)));
    }

    FloatVector parameters(FloatVector p, FloatVector m, FloatVector v) {
      return p.sub(m.mul(rate).div(v.mul(inverse).sqrt().add(epsilon)));
    }
  }
}
