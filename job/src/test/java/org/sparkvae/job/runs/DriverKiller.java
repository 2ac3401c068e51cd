package org.sparkvae.job.runs;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.sparkvae.job.fixtures.Death;

/** A Spark listener that lets the driver die of SIGKILL when a job begins. */
public final class DriverKiller extends SparkListener {
  /** A regular expression of job descriptions. */
  static final String AT = "spark.test.killDriverAt";

  /** Which of the jobs that match, from 1. */
  static final String NUMBER = "spark.test.killDriverAtNumber";

  private final String at;
  private final int number;
  private final AtomicInteger begun = new AtomicInteger();

  /** As Spark makes it. */
  public DriverKiller(SparkConf conf) {
    this.at = conf.get(AT);
    this.number = conf.getInt(NUMBER, 1);
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    String description = job.properties().getProperty("spark.job.description", "");
    if (description.matches(at) && begun.incrementAndGet() == number) {
      System.err.println("killed in: " + description);
      Death.now();
    }
  }
}
