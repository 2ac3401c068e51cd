package org.sparkvae.job.table;

import org.apache.hadoop.fs.Path;

/** The path of a table as Spark reads it. */
public final class TablePath {
  private TablePath() {}

  /** As it is: Spark takes a path for a pattern. */
  public static String literal(Path path) {
    return path.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
  }
}
