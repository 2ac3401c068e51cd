package org.sparkvae.job.apply;

import java.util.List;
import org.apache.spark.sql.Row;

/** An {@link Application} that needs no images: a row for each of some numbers, from 0. */
public sealed interface OfNumbers extends Application permits Sample {
  /** How many. */
  long count();

  /** Makes ready to work, in the process that computes. */
  Work on(ModelHere model);

  /** Works on numbers; used again and again by one task. */
  @FunctionalInterface
  interface Work {
    /**
     * The rows of consecutive numbers.
     *
     * @param first a multiple of how many are worked on together
     * @param count at least one, at most that many
     */
    List<Row> rows(long first, int count);
  }
}
