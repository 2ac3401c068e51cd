package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Spark with two slots, and three more attempts for a task that fails, for one test class. */
final class LocalSpark implements BeforeAllCallback, AfterAllCallback {
  private static JavaSparkContext context;
  private static volatile CountDownLatch holding;
  private static volatile CountDownLatch released;

  @Override
  public void beforeAll(ExtensionContext test) {
    context =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2,4]")
                .setAppName(test.getDisplayName())
                .set("spark.ui.enabled", "false"));
  }

  @Override
  public void afterAll(ExtensionContext test) {
    context.stop();
  }

  static JavaSparkContext context() {
    return context;
  }

  /** Runs something while another task holds one of the two slots, as if there were but one. */
  static void withOneSlot(Runnable work) throws InterruptedException {
    holding = new CountDownLatch(1);
    released = new CountDownLatch(1);
    JavaFutureAction<Void> occupant = context.parallelize(List.of(1), 1).foreachAsync(i -> hold());
    try {
      holding.await();
      work.run();
    } finally {
      released.countDown();
    }
    assertThatCode(occupant::get).doesNotThrowAnyException();
  }

  private static void hold() throws InterruptedException {
    holding.countDown();
    released.await();
  }
}
