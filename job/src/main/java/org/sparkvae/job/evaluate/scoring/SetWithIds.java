package org.sparkvae.job.evaluate.scoring;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.data.shards.ImageSet;

/**
 * An image set and its ids, which are read when one first asks for them: that goes through all
 * images, and several stages of a job want them.
 */
public final class SetWithIds {
  private final ImageSet set;
  private Optional<ImageIds> found = Optional.empty();

  /** Of a set; reads nothing yet. */
  public SetWithIds(ImageSet set) {
    this.set = set;
  }

  /** The set. */
  public ImageSet set() {
    return set;
  }

  /**
   * The ids.
   *
   * @param stage that asks, for Spark's pages
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   */
  public ImageIds ids(String stage) {
    if (found.isEmpty()) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(set.blocks().context());
      spark.setJobDescription(stage + ": image ids");
      try {
        found = Optional.of(ImageIds.of(set.blocks(), set.labelNames()));
      } finally {
        spark.setJobDescription(null);
      }
    }
    return found.get();
  }
}
