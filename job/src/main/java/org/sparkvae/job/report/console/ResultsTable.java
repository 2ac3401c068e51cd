package org.sparkvae.job.report.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkvae.job.report.summary.EvaluationResult;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.job.report.summary.Results;
import org.sparkvae.job.report.summary.TrainingResult;

/** The short table at the end of a run, and where its results lie. */
final class ResultsTable {
  private ResultsTable() {}

  /** The lines. */
  static List<String> lines(Results results) {
    List<String> lines = new ArrayList<>();
    results.evaluation().ifPresent(evaluation -> evaluation(evaluation, lines));
    training(results.training(), lines);
    lines.add("Results in " + results.directory());
    return lines;
  }

  private static void evaluation(EvaluationResult result, List<String> lines) {
    lines.add(
        "Test: "
            + Readable.count(result.images(), "image")
            + ", "
            + Readable.count(result.samples(), "importance sample")
            + " each");
    lines.add(
        line(
            "negative log-likelihood",
            Readable.nats(result.nll()),
            plusMinus(result.nllStandardError()) + "nats/image"));
    result
        .bounds()
        .forEach(
            (samples, bound) ->
                lines.add(
                    line(
                        "bound of " + Readable.count(samples, "sample"),
                        Readable.nats(bound),
                        "nats/image")));
    if (result.images() > 1) {
      lines.add(
          line(
              "active units",
              Readable.count(result.activeUnits()),
              "of " + Readable.count(result.latent())));
    }
    if (!Double.isNaN(result.imagesPerSecond())) {
      lines.add(
          line(
              "speed",
              Readable.speed(result.imagesPerSecond()),
              "images/s, " + Readable.time(result.seconds()) + " in all"));
    }
  }

  /** The error with its sign, or nothing where it is not known. */
  private static String plusMinus(double error) {
    return Double.isNaN(error) ? "" : "+- " + Readable.nats(error) + " ";
  }

  private static void training(TrainingResult result, List<String> lines) {
    lines.add(
        "Training: "
            + Readable.count(result.images(), "image")
            + ", "
            + Readable.count(result.epochs(), "epoch")
            + ", "
            + Readable.count(result.shards(), "shard"));
    lines.add(
        line(
            "speed",
            Readable.speed(result.imagesPerSecond()),
            "images/s, " + Readable.time(result.seconds()) + " in all"));
  }

  private static String line(String name, String value, String unit) {
    return String.format(Locale.ROOT, "  %-24s %10s %s", name, value, unit);
  }
}
