package org.sparkvae.job.report.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.job.report.summary.EvaluationResult;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.job.report.summary.Results;
import org.sparkvae.job.report.summary.TrainingResult;

/** The short table at the end of a run, and where its results lie. */
final class ResultsTable {
  private ResultsTable() {}

  static List<String> lines(Results results) {
    List<String> lines = new ArrayList<>();
    results.evaluation().ifPresent(evaluation -> evaluation(evaluation, lines));
    training(results.training(), lines);
    lines.add("Results in " + results.directory());
    return lines;
  }

  private static void evaluation(EvaluationResult result, List<String> lines) {
    String images = Readable.count(result.images(), "image");
    lines.add("Test: " + images + method(result));
    lines.add(
        line(
            "negative log-likelihood",
            Readable.nats(result.nll().mean()),
            plusMinus(result.nll().standardError()) + "nats/image"));
    if (!Double.isNaN(result.nll().exact())) {
      lines.add(
          line(
              "the same in closed form",
              Readable.nats(result.nll().exact()),
              "nats/image, exactly"));
    }
    result.sampling().ifPresent(sampling -> sampling(sampling, result, lines));
    result.annealing().ifPresent(annealing -> annealing(annealing, result, lines));
    if (result.images() > 1 && result.activeUnits().all() > 0) {
      lines.add(
          line(
              "active units",
              Readable.count(result.activeUnits().count()),
              "of " + Readable.count(result.activeUnits().all())));
      List<EvaluationResult.ActiveUnits> above = result.activeUnits().above();
      for (int i = 0; i < above.size(); i++) {
        lines.add(
            line(
                "active units, layer " + (i + 2),
                Readable.count(above.get(i).count()),
                "of " + Readable.count(above.get(i).all())));
      }
    }
    if (!Double.isNaN(result.speed().imagesPerSecond())) {
      lines.add(
          line(
              "speed",
              Readable.speed(result.speed().imagesPerSecond()),
              "images/s, " + Readable.time(result.speed().seconds()) + " in all"));
    }
  }

  private static String method(EvaluationResult result) {
    Optional<String> samples =
        result
            .sampling()
            .map(by -> ", " + Readable.count(by.samples(), "importance sample") + " each");
    Optional<String> chains =
        result
            .annealing()
            .map(
                by ->
                    ", annealed: "
                        + Readable.count(by.chains(), "chain")
                        + " of "
                        + Readable.count(by.temperatures(), "temperature"));
    return samples.or(() -> chains).orElse("");
  }

  private static void annealing(
      EvaluationResult.Annealing annealing, EvaluationResult result, List<String> lines) {
    reliable(
        annealing.reliable(),
        result,
        "evaluation.estimator.temperatures or .chains",
        annealing.better(),
        lines);
    annealing.simulated().ifPresent(of -> sandwich(of, lines));
  }

  private static void sandwich(EvaluationResult.Sandwich simulated, List<String> lines) {
    lines.add(
        "  Of "
            + Readable.count(simulated.images(), "simulated image")
            + ", by which the chains can be judged:");
    lines.add(line("log p(x) from below", Readable.nats(simulated.lower()), "nats/image"));
    lines.add(line("log p(x) from above", Readable.nats(simulated.upper()), "nats/image"));
    lines.add(
        line(
            "gap", Readable.nats(simulated.gap()), plusMinus(simulated.gapError()) + "nats/image"));
  }

  private static void sampling(
      EvaluationResult.Sampling sampling, EvaluationResult result, List<String> lines) {
    reliable(sampling.reliable(), result, "evaluation.samples", sampling.better(), lines);
    sampling
        .bounds()
        .forEach(
            (samples, bound) ->
                lines.add(
                    line(
                        "bound of " + Readable.count(samples, "sample"),
                        Readable.nats(bound),
                        "nats/image")));
  }

  /**
   * How many estimates can be trusted, and, unless log p(x) is known without, what to do about the
   * others.
   *
   * @param more what to raise
   * @param better what to set instead, if anything
   */
  private static void reliable(
      long reliable,
      EvaluationResult result,
      String more,
      Optional<String> better,
      List<String> lines) {
    lines.add(
        line(
            "reliable estimates",
            Readable.count(reliable),
            "of " + Readable.count(result.images(), "image")));
    if (reliable < result.images() && Double.isNaN(result.nll().exact())) {
      String whose =
          reliable == 0
              ? "No error is known"
              : "The error of the other "
                  + Readable.count(result.images() - reliable)
                  + " is not known";
      lines.add("  " + whose + " (the column reliable tells the images), and in");
      lines.add("  expectation the negative log-likelihood is an upper bound: raise");
      lines.add("  " + more + better.map(setting -> ", or set " + setting).orElse(""));
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
            Readable.speed(result.speed().imagesPerSecond()),
            "images/s, " + Readable.time(result.speed().seconds()) + " in all"));
  }

  private static String line(String name, String value, String unit) {
    return String.format(Locale.ROOT, "  %-24s %10s %s", name, value, unit);
  }
}
