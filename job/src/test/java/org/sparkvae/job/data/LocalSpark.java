package org.sparkvae.job.data;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Spark with two slots for one test class. */
final class LocalSpark implements BeforeAllCallback, AfterAllCallback {
  private static SparkSession session;

  @Override
  public void beforeAll(ExtensionContext test) {
    Configurator.setRootLevel(Level.OFF);
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName(test.getDisplayName())
            .config("spark.ui.enabled", false)
            // Compiling a query costs more than running it on a few rows.
            .config("spark.sql.codegen.wholeStage", false)
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.shuffle.partitions", 3)
            .getOrCreate();
  }

  @Override
  public void afterAll(ExtensionContext test) {
    session.stop();
  }

  static SparkSession session() {
    return session;
  }
}
