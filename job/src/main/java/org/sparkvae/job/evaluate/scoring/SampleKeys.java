package org.sparkvae.job.evaluate.scoring;

import java.io.Serializable;
import org.sparkvae.noise.Noise;

/**
 * What the noise of each image's samples is keyed by.
 *
 * <p>A plain class rather than a record: Spark ships it, and its Kryo cannot write records.
 */
public final class SampleKeys implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long seed;
  private final int stream;

  /**
   * Keys that differ from those of any other seed, and of any other stream of this one.
   *
   * @param seed the run's
   * @param stream number of the stream, from 0 on
   */
  public SampleKeys(long seed, int stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /**
   * The key of an image's samples. An evaluation belongs to no epoch, whose place the stream takes:
   * the numbers of {@link Noise#stream} are for the matrices of noise of one sample.
   */
  long of(long image) {
    return Noise.key(seed, Noise.Purpose.EVALUATION, stream, image);
  }

  /** The key of the samples that an image's proposal is found by. */
  long ofRefinement(long image) {
    return Noise.key(seed, Noise.Purpose.REFINEMENT, stream, image);
  }

  /** A seed that differs from that of any other stream: stream 0 has the run's. */
  long seedOfStream() {
    return stream == 0 ? seed : of(-1);
  }
}
