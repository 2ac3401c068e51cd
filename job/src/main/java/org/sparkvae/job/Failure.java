package org.sparkvae.job;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.settings.SettingsException;

/**
 * A failure as the command ends with it.
 *
 * @param status the exit status
 * @param line what is wrong, where, and what to do
 * @param explained whether the line was written for the user; else it is a bare exception
 */
record Failure(int status, String line, boolean explained) {
  static final int OTHER = 1;
  static final int SETTINGS = 2;
  static final int DATA = 3;

  private static final String OURS = "org.sparkvae.";

  private static final String BARRIER = "failed barrier";

  /** How an executor ends that Spark's handler stops at an OutOfMemoryError. */
  private static final String OUT_OF_MEMORY = "exited with code 52";

  private static final String OFF_THE_HEAP =
      "; images on disk (data.storage = disk) and smaller batches (training.batch) need less";

  /**
   * An exception of ours as text: of a failed task Spark keeps the exception as the cause where the
   * driver can deserialise it, and always its stack trace in the message.
   */
  private static final Pattern IN_TEXT =
      Pattern.compile("(" + Pattern.quote(OURS) + "[\\w.]*\\.(\\w+Exception)): (.*)");

  /** The failure that an exception means, which Spark may have wrapped any number of times. */
  static Failure of(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable link : chain) {
      if (link.getClass().getName().startsWith(OURS) && link instanceof Exception) {
        return explained(link.getClass().getName(), String.valueOf(link.getMessage()));
      }
    }
    for (Throwable link : chain) {
      Matcher text = IN_TEXT.matcher(String.valueOf(link.getMessage()));
      if (text.find()) {
        return explained(text.group(1), text.group(3));
      }
    }
    return new Failure(OTHER, bare(chain), false);
  }

  private static Failure explained(String className, String message) {
    int status =
        className.equals(SettingsException.class.getName())
            ? SETTINGS
            : className.equals(DataException.class.getName()) ? DATA : OTHER;
    return new Failure(status, oneLine(message), true);
  }

  private static String bare(List<Throwable> chain) {
    for (Throwable link : chain) {
      if (link instanceof UncheckedIOException && saysMoreThanItsCause(link)) {
        return oneLine(link.getMessage());
      }
    }
    Throwable root = chain.get(chain.size() - 1);
    if (root instanceof OutOfMemoryError && "Java heap space".equals(root.getMessage())) {
      return String.format(
          Locale.ROOT,
          "out of memory with a Java heap of %,d MiB: give it more (SPARK_VAE_DRIVER_MEMORY of"
              + " submit/local, else spark.driver.memory)"
              + OFF_THE_HEAP,
          Runtime.getRuntime().maxMemory() >> 20);
    }
    String name = root.getClass().getSimpleName();
    String message = root.getMessage();
    return message == null || message.isBlank() ? name : name + ": " + gist(message.strip());
  }

  /**
   * The first line, with the next where that says why: after a colon, or of a barrier stage; and
   * what Spark's exit code means.
   */
  private static String gist(String message) {
    List<String> lines = message.lines().map(String::strip).toList();
    String first = lines.get(0);
    boolean whyIsNext = first.endsWith(":") || first.contains(BARRIER);
    String gist = whyIsNext && lines.size() > 1 ? first + " " + lines.get(1) : first;
    return message.contains(OUT_OF_MEMORY)
        ? gist
            + "; an executor ran out of memory: give it more (spark.executor.memory)"
            + OFF_THE_HEAP
        : gist;
  }

  /** Whether the message was written where the failure was caught, naming the file or the image. */
  private static boolean saysMoreThanItsCause(Throwable thrown) {
    return thrown.getMessage() != null && !thrown.getMessage().equals(thrown.getCause().toString());
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable link = thrown; link != null && seen.add(link); link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }
}
