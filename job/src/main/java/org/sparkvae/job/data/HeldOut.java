package org.sparkvae.job.data;

import java.io.Serializable;
import org.sparkvae.job.data.shards.Placement;
import org.sparkvae.noise.Noise;

/**
 * Holds out exactly V of N images by chance: the source order is cut into V runs of N/V images (to
 * within one), and one image of each run is drawn, keyed by seed and run. Every image is told, and
 * its place among those held out or kept, without a table; and an ordered source (by class, by
 * time) is held out evenly.
 *
 * @param seed the run's seed
 * @param images N
 * @param held V, in 0 .. N
 */
record HeldOut(long seed, long images, long held) implements Serializable {

  /** With V = round(fraction * N). */
  static HeldOut of(long seed, long images, double fraction) {
    return new HeldOut(seed, images, Math.round(fraction * images));
  }

  long kept() {
    return images - held;
  }

  /** Place of an image among those held out, in source order; or {@link Placement#LEFT_OUT}. */
  long placeHeld(long position) {
    long run = run(position);
    return held > 0 && position == drawn(run) ? run : Placement.LEFT_OUT;
  }

  /** Place of an image among those kept, in source order; or {@link Placement#LEFT_OUT}. */
  long placeKept(long position) {
    if (held == 0) {
      return position;
    }
    long run = run(position);
    long drawn = drawn(run);
    if (position == drawn) {
      return Placement.LEFT_OUT;
    }
    return position - run - (position > drawn ? 1 : 0);
  }

  private long run(long position) {
    return Math.multiplyExact(position, held) / images;
  }

  private long start(long run) {
    return (Math.multiplyExact(run, images) + held - 1) / held;
  }

  private long drawn(long run) {
    long start = start(run);
    long key = Noise.key(seed, Noise.Purpose.SPLIT, 0, run);
    return start + Long.remainderUnsigned(key, start(run + 1) - start);
  }
}
