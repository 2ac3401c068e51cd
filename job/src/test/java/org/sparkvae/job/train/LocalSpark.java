package org.sparkvae.job.train;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** One Spark session for all tests of this JVM: two slots, and three more attempts for a task. */
final class LocalSpark {
  private static final CountDownLatch NEVER = new CountDownLatch(0);
  private static volatile CountDownLatch held = NEVER;
  private static volatile CountDownLatch holding = NEVER;

  private LocalSpark() {}

  static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }

  static SparkSession session() {
    return SparkSession.builder()
        .master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  /** Runs something while another task holds one of the two slots, as if there were one. */
  static void withOneSlot(Runnable work) throws InterruptedException {
    held = new CountDownLatch(1);
    holding = new CountDownLatch(1);
    var occupant = context().parallelize(List.of(1), 1).foreachAsync(i -> hold());
    try {
      holding.await();
      work.run();
    } finally {
      held.countDown();
    }
    org.assertj.core.api.Assertions.assertThatCode(occupant::get).doesNotThrowAnyException();
  }

  private static void hold() throws InterruptedException {
    holding.countDown();
    held.await();
  }
}
