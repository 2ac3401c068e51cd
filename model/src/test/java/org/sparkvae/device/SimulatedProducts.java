package org.sparkvae.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The library of a simulated device, which fails where a card's would read or write elsewhere. */
public final class SimulatedProducts implements Products {
  private final SimulatedDevice device;
  private final Precision precision;
  private int done;

  /** A library of the device's memory. */
  public SimulatedProducts(SimulatedDevice device, Precision precision) {
    this.device = device;
    this.precision = precision;
  }

  /** How many products were computed so far, that of recorded work as often as it was launched. */
  public int done() {
    return done;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void multiply(
      int m,
      int n,
      int k,
      long a,
      boolean transposeA,
      long b,
      boolean transposeB,
      float beta,
      long c) {
    device.then(
        () -> {
          requireApart(a, m * k, c, m * n);
          requireApart(b, k * n, c, m * n);
          float[] left = factor(a, m * k);
          float[] right = transposeB ? transposed(factor(b, k * n), k) : factor(b, k * n);
          // What is overwritten may be anything, and need not have been written.
          float[] sums = beta == 0 ? new float[m * n] : read(c, m * n);
          for (int at = 0; at < m * n; at++) {
            sums[at] *= beta;
          }
          for (int i = 0; i < m; i++) {
            for (int s = 0; s < k; s++) {
              float factor = left[transposeA ? s * m + i : i * k + s];
              for (int j = 0; j < n; j++) {
                sums[i * n + j] += factor * right[s * n + j];
              }
            }
          }
          write(sums, c);
          done++;
        });
  }

  private void requireApart(long factor, int ofFactor, long c, int ofC) {
    if (factor < c + (long) Float.BYTES * ofC && c < factor + (long) precision.bytes() * ofFactor) {
      throw new DeviceException("a product overwrites a factor");
    }
  }

  private static float[] transposed(float[] matrix, int columns) {
    int rows = matrix.length / columns;
    float[] transposed = new float[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      transposed[i % columns * rows + i / columns] = matrix[i];
    }
    return transposed;
  }

  private float[] factor(long from, int count) {
    if (precision != Precision.BF16) {
      return read(from, count);
    }
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * count).order(ByteOrder.nativeOrder());
    device.at(from, bytes.capacity()).read(from, bytes);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(bytes.getShort(Short.BYTES * i) << 16);
    }
    return values;
  }

  private float[] read(long from, int count) {
    ByteBuffer bytes = buffer(count);
    device.at(from, bytes.capacity()).read(from, bytes);
    float[] values = new float[count];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }

  private void write(float[] values, long to) {
    ByteBuffer bytes = buffer(values.length);
    bytes.asFloatBuffer().put(values);
    device.at(to, bytes.capacity()).write(to, bytes);
  }

  private static ByteBuffer buffer(int values) {
    return ByteBuffer.allocate(Float.BYTES * values).order(ByteOrder.nativeOrder());
  }

  @Override
  public String describe() {
    return "a simulated library";
  }
}
