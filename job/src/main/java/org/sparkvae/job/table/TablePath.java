package org.sparkvae.job.table;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The path of a table as Spark reads it. */
public final class TablePath {
  /** What is wrong with a path that is not readable, and what to do: the rest of an error. */
  public static final String WHY =
      "has both ':' and one of []{}*?\\, and tables on such paths cannot be read; name a path without one of them";

  private static final Pattern OF_PATTERNS = Pattern.compile("[\\[\\]{}*?\\\\]");

  private TablePath() {}

  /** As it is: Spark takes a path for a pattern. */
  public static String literal(Path path) {
    return OF_PATTERNS.matcher(path.toString()).replaceAll("\\\\$0");
  }

  /**
   * Whether tables can be read there. Hadoop takes the parts of a pattern for paths themselves, and
   * what is before a colon in them for a scheme.
   */
  public static boolean isReadable(Path path, Configuration hadoop) throws IOException {
    String whole = path.getFileSystem(hadoop).makeQualified(path).toUri().getPath();
    return !(whole.contains(":") && OF_PATTERNS.matcher(whole).find());
  }
}
