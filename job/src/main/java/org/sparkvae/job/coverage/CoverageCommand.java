package org.sparkvae.job.coverage;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.evaluate.scoring.ImageScore.LogLikelihood;
import org.sparkvae.job.settings.reading.Secrets;

/** What {@code submit/coverage} runs: compares two evaluations of the same images. */
public final class CoverageCommand {
  private static final String USAGE = "usage: coverage TABLE TRUTH, two evaluation.parquet";
  private static final int WRONG_ARGUMENTS = 2;
  private static final int WRONG_DATA = 3;

  private final SparkSession spark;

  /** A comparison in a session. */
  CoverageCommand(SparkSession spark) {
    this.spark = spark;
  }

  /** Runs the program, and ends the JVM: 0 done, 2 wrong arguments, 3 wrong tables. */
  public static void main(String[] args) {
    int status;
    try (SparkSession spark = SparkSession.builder().appName("coverage").getOrCreate()) {
      status = new CoverageCommand(spark).run(args, System.out, System.err);
    }
    System.exit(status);
  }

  /** Compares the tables that the arguments name; returns the exit status. */
  int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length != 2) {
      return fail(err, WRONG_ARGUMENTS, USAGE);
    }
    try {
      EvaluationTable estimates = EvaluationTable.read(spark, args[0]);
      EvaluationTable truths = EvaluationTable.read(spark, args[1]);
      List<Pair> pairs = pairs(estimates, truths);
      out.println(
          String.format(
              Locale.ROOT,
              "%,d images: %s against %s",
              pairs.size(),
              samples(estimates),
              samples(truths)));
      CoverageText.lines(pairs).forEach(out::println);
      return 0;
    } catch (DataException e) {
      return fail(err, WRONG_DATA, e.getMessage());
    }
  }

  private static String samples(EvaluationTable table) {
    return table
        .samples()
        .map(samples -> String.format(Locale.ROOT, "%,d samples", samples))
        .orElse("no importance samples");
  }

  private static List<Pair> pairs(EvaluationTable estimates, EvaluationTable truths) {
    requireMoreSamples(estimates, truths);
    requireIndependence(estimates, truths);
    Set<Long> apart = new TreeSet<>(estimates.images().keySet());
    apart.removeAll(truths.images().keySet());
    if (!apart.isEmpty()) {
      throw otherImages(estimates, truths, apart);
    }
    apart.addAll(truths.images().keySet());
    apart.removeAll(estimates.images().keySet());
    if (!apart.isEmpty()) {
      throw otherImages(truths, estimates, apart);
    }
    List<Pair> pairs = new ArrayList<>();
    estimates
        .images()
        .forEach(
            (id, estimate) ->
                pairs.add(
                    new Pair(
                        withError(id, estimate, estimates),
                        withError(id, truths.images().get(id), truths))));
    return pairs;
  }

  private static DataException otherImages(
      EvaluationTable one, EvaluationTable other, Set<Long> apart) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s holds other images than %s, %d such as image %d: evaluate both with the same data.test",
            one.path(),
            other.path(),
            apart.size(),
            apart.iterator().next()));
  }

  private static void requireMoreSamples(EvaluationTable estimates, EvaluationTable truths) {
    Optional<Integer> few = estimates.samples();
    Optional<Integer> many = truths.samples();
    if (few.isPresent() && many.isPresent() && many.get() <= few.get()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s is of %d samples, and %s of %d: the truth has to have more",
              truths.path(),
              many.get(),
              estimates.path(),
              few.get()));
    }
  }

  private static void requireIndependence(EvaluationTable estimates, EvaluationTable truths) {
    if (estimates.noise().isPresent() && estimates.noise().equals(truths.noise())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s and %s are of the same samples, those of seed %d and evaluation.stream %d: evaluate one with another stream",
              estimates.path(),
              truths.path(),
              estimates.noise().get().seed(),
              estimates.noise().get().stream()));
    }
  }

  private static LogLikelihood withError(long id, LogLikelihood one, EvaluationTable table) {
    if (Double.isNaN(one.standardError())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has no standard error of image %d: evaluate with more samples",
              table.path(),
              id));
    }
    return one;
  }

  private static int fail(PrintStream err, int status, String line) {
    err.println("submit/coverage: " + Secrets.hideIn(line));
    return status;
  }
}
