package org.sparkvae.job.train.weights;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.sparkvae.host.FloatSource;

/**
 * What a round starts from and ends with; tasks of one JVM may share it while none writes to it.
 *
 * <p>It travels as arrays of bytes: Java's serialisation writes those in one piece, but floats
 * value by value.
 */
public final class Weights implements Externalizable {
  private static final long serialVersionUID = 1L;

  /** No values at all. */
  public static final Weights NONE = new Weights(new float[0], new float[0]);

  private float[] parameters;
  private float[] state;

  /** For deserialisation only. */
  public Weights() {}

  /**
   * Takes the arrays without a copy.
   *
   * @param parameters the flat parameter vector
   * @param state the optimiser's flat state; empty where it keeps none
   */
  public Weights(float[] parameters, float[] state) {
    this.parameters = parameters;
    this.state = state;
  }

  /** Arrays of the same lengths, of zeros. */
  public Weights like() {
    return new Weights(new float[parameters.length], new float[state.length]);
  }

  public Weights copy() {
    return new Weights(parameters.clone(), state.clone());
  }

  /** The values, not a copy. */
  public ReadableWeights readable() {
    return new ReadableWeights(FloatSource.of(parameters), FloatSource.of(state));
  }

  /** Takes the values of weights of the same lengths. */
  public void read(ReadableWeights from) {
    from.parameters().read(0, parameters, 0, parameters.length);
    from.state().read(0, state, 0, state.length);
  }

  /** Whether all values are finite. */
  public boolean isFinite() {
    return isFinite(0, 1);
  }

  /** Whether all values of one of several parts are finite. */
  public boolean isFinite(int part, int parts) {
    return isFinite(parameters, part, parts) && isFinite(state, part, parts);
  }

  /** The size of all values, in bytes. */
  public long bytes() {
    return ((long) parameters.length + state.length) * Float.BYTES;
  }

  /** A copy of one of several parts, which a {@link #set} of the same numbers puts back. */
  public Weights part(int part, int parts) {
    return new Weights(copy(parameters, part, parts), copy(state, part, parts));
  }

  /** Sets one of several parts. */
  public void set(Weights values, int part, int parts) {
    set(values.parameters, parameters, part, parts);
    set(values.state, state, part, parts);
  }

  private static boolean isFinite(float[] array, int part, int parts) {
    PartRange slice = PartRange.of(array.length, part, parts);
    return Finite.all(array, slice.from(), slice.to());
  }

  private static float[] copy(float[] array, int part, int parts) {
    PartRange slice = PartRange.of(array.length, part, parts);
    return Arrays.copyOfRange(array, slice.from(), slice.to());
  }

  private static void set(float[] values, float[] array, int part, int parts) {
    PartRange slice = PartRange.of(array.length, part, parts);
    System.arraycopy(values, 0, array, slice.from(), slice.count());
  }

  /** The flat parameter vector, not a copy. */
  public float[] parameters() {
    return parameters;
  }

  /** The optimiser's flat state, not a copy; empty where it keeps none. */
  public float[] state() {
    return state;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeObject(bytes(parameters));
    out.writeObject(bytes(state));
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    parameters = floats((byte[]) in.readObject());
    state = floats((byte[]) in.readObject());
  }

  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
