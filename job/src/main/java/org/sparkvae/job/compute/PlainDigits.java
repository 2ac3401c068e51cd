package org.sparkvae.job.compute;

import java.util.Locale;
import org.apache.spark.SparkConf;

/**
 * Has the job write numbers alike whatever the machine's language is, which else may bring digits
 * and decimal points of its own.
 */
public final class PlainDigits {
  /** What Java's options have of locales that numbers are as in the root's. */
  private static final String FLAGS = "-Duser.language.format=en -Duser.country.format=US";

  private PlainDigits() {}

  /** Of executors, before a session starts. */
  public static void ofExecutors(SparkConf conf) {
    ExecutorOptions.prepend(conf, FLAGS);
  }

  /** Of this process, which is to be the job's own. */
  public static void ofThisProcess() {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
  }
}
