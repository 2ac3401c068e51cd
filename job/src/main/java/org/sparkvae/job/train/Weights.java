package org.sparkvae.job.train;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a round starts from and ends with; tasks of one JVM may share it while none writes to it.
 *
 * <p>It travels as arrays of bytes: Java's serialisation writes those in one piece, but floats
 * value by value.
 */
public final class Weights implements Externalizable {
  private static final long serialVersionUID = 1L;

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
  Weights(float[] parameters, float[] state) {
    this.parameters = parameters;
    this.state = state;
  }

  /** Arrays of the same lengths, of zeros. */
  Weights like() {
    return new Weights(new float[parameters.length], new float[state.length]);
  }

  /** A copy. */
  Weights copy() {
    return new Weights(parameters.clone(), state.clone());
  }

  /** The flat parameter vector, not a copy. */
  float[] parameters() {
    return parameters;
  }

  /** The optimiser's flat state, not a copy; empty where it keeps none. */
  float[] state() {
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
