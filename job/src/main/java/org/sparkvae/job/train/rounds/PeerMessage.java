package org.sparkvae.job.train.rounds;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.sparkvae.job.train.weights.ShardWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.ShardRound;

/**
 * What a shard tells another one of a round: a part of its weights, where it has any.
 *
 * @param outcome of the round
 * @param images that were processed
 * @param part the part of the weights that the other shard averages
 */
record PeerMessage(Outcome outcome, long images, Weights part) {
  private static final int HEADER = Integer.BYTES + Long.BYTES + Integer.BYTES;

  /** How the round went. */
  enum Outcome {
    TRAINED,
    IDLE,
    DIVERGED
  }

  /**
   * About a round.
   *
   * @param to the shard that it is for, of so many
   */
  static PeerMessage of(ShardRound round, int to, int shards) {
    if (round instanceof ShardRound.Trained trained) {
      return new PeerMessage(
          Outcome.TRAINED, trained.sums().images(), trained.weights().part(to, shards));
    }
    return new PeerMessage(
        round instanceof ShardRound.Idle ? Outcome.IDLE : Outcome.DIVERGED, 0, Weights.NONE);
  }

  /** What the shard brings to the average; nothing where it is idle. */
  Optional<ShardWeights> weighted() {
    return outcome == Outcome.TRAINED
        ? Optional.of(new ShardWeights(part.readable(), images))
        : Optional.empty();
  }

  /** Bytes that {@link #read} understands. */
  ByteBuffer bytes() {
    float[] parameters = part.parameters();
    float[] state = part.state();
    ByteBuffer bytes =
        buffer(Math.addExact(HEADER, Math.multiplyExact(parameters.length + state.length, 4)));
    bytes.putInt(outcome.ordinal()).putLong(images).putInt(parameters.length);
    bytes.asFloatBuffer().put(parameters).put(state);
    return bytes.rewind();
  }

  /** A message of bytes, which are read from their position to their end. */
  static PeerMessage read(ByteBuffer from) {
    ByteBuffer bytes = from.order(ByteOrder.LITTLE_ENDIAN);
    Outcome outcome = Outcome.values()[bytes.getInt()];
    long images = bytes.getLong();
    float[] parameters = new float[bytes.getInt()];
    FloatBuffer floats = bytes.asFloatBuffer();
    floats.get(parameters);
    float[] state = new float[floats.remaining()];
    floats.get(state);
    return new PeerMessage(outcome, images, new Weights(parameters, state));
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
