package org.sparkvae.job;

import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;

/** The Spark at hand does not run on this Java. */
final class UnsuitableJavaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The first Java without what Hadoop before 3.5 learns by who the user is. */
  private static final int FIRST = 23;

  private UnsuitableJavaException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What asks Hadoop for the user. */
  @FunctionalInterface
  interface Question {
    void ask() throws IOException;
  }

  /**
   * Throws where the Hadoop that Spark has been given cannot tell on this Java who the user is,
   * with which all that it does begins.
   */
  static void check() {
    check(Runtime.version().feature(), UserGroupInformation::getCurrentUser);
  }

  /** The same for a Java of that number. */
  static void check(int java, Question question) {
    if (java < FIRST) {
      return;
    }
    try {
      question.ask();
    } catch (UnsupportedOperationException e) {
      throw new UnsuitableJavaException(
          "Spark %s does not run on Java %d (%s): install JDK 17, and set JAVA_HOME to it"
              .formatted(org.apache.spark.package$.MODULE$.SPARK_VERSION(), java, e.getMessage()),
          e);
    } catch (IOException e) {
      // Spark will say so.
      return;
    }
  }
}
