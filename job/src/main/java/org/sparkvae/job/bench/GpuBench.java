package org.sparkvae.job.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.SettingsReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code submit/bench --gpu} runs in Java: {@code step} and {@code evaluation} add a line of
 * JSON to a file, {@code table} prints what these and other programs measured.
 */
@Command(name = "gpu", description = "Measures models on the first GPU.")
final class GpuBench {
  private static final Sgemm PRODUCTS = new Sgemm(8192, 8192, 8192);

  @Command(name = "step", description = "Measures a training step of a model.")
  int step(
      @Option(names = "--out", required = true) Path out,
      @Option(names = "--name", required = true) String name,
      @Parameters(index = "0", paramLabel = "FILE") Path file,
      @Parameters(index = "1..*", paramLabel = "KEY=VALUE") List<String> settings)
      throws IOException {
    ModelStep step = ModelStep.of(name, bound(file, settings), PRODUCTS).orElseThrow();
    Bench.append(out, List.of(GpuStep.of(step)));
    return 0;
  }

  @Command(name = "evaluation", description = "Measures importance sampling of a model.")
  int evaluation(
      @Option(names = "--out", required = true) Path out,
      @Option(names = "--name", required = true) String name,
      @Option(names = "--tasks", required = true, split = ",") List<Integer> tasks,
      @Option(names = "--images", required = true) int images,
      @Parameters(index = "0", paramLabel = "FILE") Path file,
      @Parameters(index = "1..*", paramLabel = "KEY=VALUE") List<String> settings)
      throws IOException {
    Scoring scoring = new Scoring(bound(file, settings), images);
    for (int count : tasks) {
      GpuScoring measured =
          new GpuScoring(name, Measurement.OURS, count, scoring.imagesPerSecond(count));
      Bench.append(out, List.of(measured));
    }
    return 0;
  }

  /** Settings, by which the calling thread computes from now on. */
  private static JobSettings bound(Path file, List<String> settings) {
    JobSettings read =
        SettingsReader.read(file.toString(), settings == null ? List.of() : settings);
    System.err.println(ComputeNode.bindToFirst(read.compute()));
    return read;
  }

  @Command(name = "table", description = "Prints what was measured.")
  int table(
      @Parameters(index = "0", paramLabel = "STEPS") Path steps,
      @Parameters(index = "1", paramLabel = "EVALUATIONS") Path evaluations,
      @Parameters(index = "2", paramLabel = "MEASUREMENTS") Path ofJob,
      @Option(names = "--out", required = true) Path out)
      throws IOException {
    List<String> lines = new ArrayList<>(GpuStepText.lines(Bench.read(steps, GpuStep.class)));
    lines.add("");
    lines.addAll(GpuScoring.lines(Bench.read(evaluations, GpuScoring.class)));
    lines.add("");
    lines.addAll(GpuStepText.ofJob(Bench.read(ofJob, Measurement.class)));
    Files.write(out, lines);
    lines.forEach(System.out::println);
    return 0;
  }
}
