package org.sparkvae.host;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The memory of float32 arrays, seen without a copy.
 *
 * <p>A view covers the array's own values only, so that an index outside fails instead of touching
 * a neighbour; it does not keep the array's memory from being freed: the caller does, by a use of
 * the array after the last of the view. Offsets are in bytes for vectors, in values for everything
 * else.
 */
public final class HostFloats {
  /** Bytes in a vector. */
  public static final int STRIDE = VectorMath.LANES * Float.BYTES;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** As many float64 values as the shape of {@link VectorMath#SPECIES} holds. */
  static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, VectorShape.forBitSize(VectorMath.SPECIES.vectorBitSize()));

  private static final ThreadLocal<ByteBuffer[]> TAILS =
      ThreadLocal.withInitial(
          () ->
              Stream.generate(() -> ByteBuffer.allocateDirect(STRIDE).order(ORDER))
                  .limit(4)
                  .toArray(ByteBuffer[]::new));

  private HostFloats() {}

  /** A pointer to the first value of an array, bounded by its last. */
  public static FloatPointer pointer(INDArray array) {
    return pointer(array, 0);
  }

  /** A pointer to a value of an array, bounded by its last. */
  public static FloatPointer pointer(INDArray array, long from) {
    return new FloatPointer(array.data().pointer())
        .getPointer(array.offset() + from)
        .limit(array.length() - from);
  }

  /**
   * The bytes of an array.
   *
   * @throws IllegalArgumentException where it is larger than 2 GiB
   */
  public static ByteBuffer bytes(INDArray array) {
    if (array.length() > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "an array of " + array.length() + " values is larger than 2 GiB: use smaller batches");
    }
    // The buffer of a pointer goes on to the end of the memory beyond its limit.
    return pointer(array).asByteBuffer().slice().order(ORDER);
  }

  /**
   * Keeps arrays from being freed under a loop over their memory, by a use after it.
   *
   * @param arrays any of which may be null
   */
  public static void keep(INDArray... arrays) {
    Reference.reachabilityFence(arrays);
  }

  /** The end in bytes of the whole vectors among the first values of a buffer. */
  public static int wholeVectors(int values) {
    return values / VectorMath.LANES * STRIDE;
  }

  /** A length rounded up to whole vectors. */
  public static int padded(int values) {
    return (values + VectorMath.LANES - 1) / VectorMath.LANES * VectorMath.LANES;
  }

  public static FloatVector load(ByteBuffer bytes, int at) {
    return FloatVector.fromByteBuffer(VectorMath.SPECIES, bytes, at, ORDER);
  }

  public static void store(FloatVector vector, ByteBuffer bytes, int at) {
    vector.intoByteBuffer(bytes, at, ORDER);
  }

  public static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(VectorMath.SPECIES, values, at);
  }

  /**
   * The values from a byte offset to the end of a buffer, fewer than a vector, then zeros: a copy
   * that this thread keeps until it takes another of that number.
   *
   * <p>The loops over whole vectors take it as they take any buffer. It is direct as the others
   * are: a loop that meets two kinds of buffers compiles to slower code.
   *
   * @param number 0 to 3, for loops over so many buffers
   */
  public static ByteBuffer tail(int number, ByteBuffer bytes, int from) {
    ByteBuffer tail = TAILS.get()[number];
    for (int at = 0; at < STRIDE; at += Float.BYTES) {
      tail.putFloat(at, from + at < bytes.capacity() ? bytes.getFloat(from + at) : 0f);
    }
    return tail;
  }

  /** Puts such a copy back. */
  public static void putTail(ByteBuffer tail, ByteBuffer bytes, int from) {
    for (int at = 0; from + at < bytes.capacity(); at += Float.BYTES) {
      bytes.putFloat(from + at, tail.getFloat(at));
    }
  }

  /** A value. */
  public static float get(ByteBuffer bytes, int index) {
    return bytes.getFloat(index * Float.BYTES);
  }

  /** Sets a value. */
  public static void put(ByteBuffer bytes, int index, float value) {
    bytes.putFloat(index * Float.BYTES, value);
  }

  /** Copies a row out, to the start of a host array. */
  public static void read(ByteBuffer bytes, int from, float[] row, int count) {
    bytes.asFloatBuffer().get(from, row, 0, count);
  }

  /** A row becomes beta * row + values; where beta is 0, whatever it held. */
  public static void write(double beta, ByteBuffer bytes, int from, float[] values, int count) {
    if (beta == 0) {
      bytes.asFloatBuffer().put(from, values, 0, count);
      return;
    }
    FloatVector keep = VectorMath.all((float) beta);
    int d = 0;
    for (; d + VectorMath.LANES <= count; d += VectorMath.LANES) {
      int at = (from + d) * Float.BYTES;
      store(load(bytes, at).fma(keep, load(values, d)), bytes, at);
    }
    for (; d < count; d++) {
      put(bytes, from + d, Math.fma(get(bytes, from + d), (float) beta, values[d]));
    }
  }

  /** The sum of a row in float64. */
  public static double sum(float[] row, int count) {
    DoubleVector sums = DoubleVector.zero(DOUBLES);
    int whole = count - count % VectorMath.LANES;
    for (int d = 0; d < whole; d += VectorMath.LANES) {
      FloatVector values = load(row, d);
      sums = sums.add(half(values, 0)).add(half(values, 1));
    }
    double sum = inOrder(sums);
    for (int d = whole; d < count; d++) {
      sum += row[d];
    }
    return sum;
  }

  /** The sum of the squares of a row in float64. */
  public static double sumOfSquares(ByteBuffer bytes, int from, int count) {
    DoubleVector sums = DoubleVector.zero(DOUBLES);
    int start = from * Float.BYTES;
    int end = start + wholeVectors(count);
    for (int at = start; at < end; at += STRIDE) {
      FloatVector values = load(bytes, at);
      DoubleVector low = half(values, 0);
      DoubleVector high = half(values, 1);
      sums = high.fma(high, low.fma(low, sums));
    }
    double sum = inOrder(sums);
    for (int d = count - count % VectorMath.LANES; d < count; d++) {
      double value = get(bytes, from + d);
      sum += value * value;
    }
    return sum;
  }

  /** The lower (0) or upper (1) half of a vector in float64. */
  static DoubleVector half(FloatVector values, int part) {
    return (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, part);
  }

  /** The lanes added from the first to the last: a reduction's own order is not specified. */
  private static double inOrder(DoubleVector lanes) {
    double sum = 0;
    for (double lane : lanes.toArray()) {
      sum += lane;
    }
    return sum;
  }
}
