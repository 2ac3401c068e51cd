package org.sparkvae.job.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.settings.reading.SettingsReader;
import org.sparkvae.tensor.kernels.Backend;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code submit/bench} runs in Java: {@code sgemm} and {@code run} add measurements, a line of
 * JSON each, to a file; {@code table} sets them beside each other. {@code images}, {@code rounds}
 * and {@code growth} do the same for {@code submit/growth}; {@code models} measures steps of models
 * on a core, {@link GpuBench gpu} on a GPU.
 */
@Command(name = "bench", description = "The parts of submit/bench.", subcommands = GpuBench.class)
public final class Bench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PIXELS = 784;
  private static final String DENSE = "DL4J dense";

  private Bench() {}

  /** Runs one part, and ends the JVM: 0 done, 1 failed, 2 wrong arguments. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new Bench())
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e))
        .execute(args);
  }

  /** The last line, which people are shown, says what is wrong. */
  private static int failed(Exception e) {
    e.printStackTrace();
    System.err.println(e.getMessage());
    return 1;
  }

  @Command(name = "sgemm", description = "Measures matrix products of one core.")
  int sgemm(@Parameters(paramLabel = "MEASUREMENTS") Path measurements) throws IOException {
    double rate = new Sgemm(100, PIXELS, 200).gigaflops();
    append(measurements, List.of(new Measurement(Phase.SGEMM, "one core", 1, rate, null)));
    return 0;
  }

  @Command(name = "models", description = "Measures a training step of each model, and tells it.")
  int models(
      @Parameters(paramLabel = "FILE") List<Path> files,
      @Option(names = "--out", required = true) Path out)
      throws IOException {
    List<ModelStep> steps = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replaceAll("\\.conf$", "");
      ModelStep.of(name, SettingsReader.read(file.toString(), List.of()), ModelStep.OF_CORE)
          .ifPresent(steps::add);
    }
    List<String> lines = ModelStepText.lines(steps);
    Files.write(out, lines);
    lines.forEach(System.out::println);
    return 0;
  }

  @Command(name = "dense", description = "Trains Deeplearning4j's own layers, in Spark's session.")
  int dense(
      @Parameters(paramLabel = "MEASUREMENTS") Path measurements,
      @Option(names = "--hidden", required = true) int hidden,
      @Option(names = "--latent", required = true) int latent,
      @Option(names = "--batch", required = true) int batch,
      @Option(names = "--every", required = true) int every,
      @Option(names = "--images", required = true) int images,
      @Option(names = "--epochs", required = true) int epochs)
      throws IOException {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("bench"))) {
      int workers = spark.defaultParallelism();
      double rate =
          new DenseAutoencoder(PIXELS, hidden, latent, batch, every, workers)
              .imagesPerSecond(spark, images, epochs);
      append(measurements, List.of(new Measurement(Phase.TRAINING, DENSE, workers, rate, null)));
    }
    return 0;
  }

  @Command(name = "run", description = "Reads the speeds of a finished run.")
  int run(
      @Parameters(paramLabel = "MEASUREMENTS") Path measurements,
      @Parameters(paramLabel = "RUN") Path run,
      @Option(names = "--engine", defaultValue = Measurement.OURS) String engine)
      throws IOException {
    append(measurements, new FinishedRun(run).measurements(engine));
    return 0;
  }

  @Command(name = "annealed", description = "Reads the speed of an annealed evaluation.")
  int annealed(
      @Parameters(paramLabel = "MEASUREMENTS") Path measurements,
      @Parameters(paramLabel = "EVALUATION") Path evaluation,
      @Option(names = "--workers", required = true) int workers)
      throws IOException {
    double rate =
        JSON.readTree(evaluation.resolve("summary.json").toFile())
            .required("evaluation_images_per_second")
            .asDouble();
    append(
        measurements,
        List.of(new Measurement(Phase.ANNEALING, Measurement.OURS, workers, rate, null)));
    return 0;
  }

  @Command(name = "stage", description = "Reads the speed of a stage, from its figures.")
  int stage(
      @Parameters(paramLabel = "MEASUREMENTS") Path measurements,
      @Parameters(paramLabel = "FIGURES") Path figures,
      @Option(names = "--phase", required = true) Phase phase,
      @Option(names = "--workers", required = true) int workers)
      throws IOException {
    double rate = JSON.readTree(figures.toFile()).required("images_per_second").asDouble();
    append(measurements, List.of(new Measurement(phase, Measurement.OURS, workers, rate, null)));
    return 0;
  }

  @Command(name = "evaluation", description = "Reads the speed of another evaluation of a run.")
  int evaluation(
      @Parameters(paramLabel = "MEASUREMENTS") Path measurements,
      @Parameters(paramLabel = "EVALUATION") Path evaluation,
      @Option(names = "--engine", required = true) String engine,
      @Option(names = "--workers", required = true) int workers)
      throws IOException {
    append(
        measurements, List.of(FinishedRun.evaluation(engine, workers, evaluation).orElseThrow()));
    return 0;
  }

  @Command(name = "table", description = "Prints the table; writes it as JSON and as a picture.")
  int table(
      @Parameters(paramLabel = "MEASUREMENTS") Path measurements,
      @Option(names = "--out", required = true) Path out,
      @Option(names = "--processor", defaultValue = "unknown") String processor,
      @Option(names = "--hidden", required = true) int hidden,
      @Option(names = "--latent", required = true) int latent,
      @Option(names = "--batch", required = true) int batch,
      @Option(names = "--samples", required = true) int samples,
      @Option(names = "--evaluation-samples", required = true) int evaluationSamples,
      @Option(names = "--annealed-steps", required = true) long annealedSteps)
      throws IOException {
    Workload workload =
        new Workload(PIXELS, hidden, latent, batch, samples, evaluationSamples, annealedSteps);
    Table table = Table.of(workload, read(measurements, Measurement.class));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("processor", processor);
    json.put("cores", Runtime.getRuntime().availableProcessors());
    json.put("java", System.getProperty("java.version"));
    json.put("backend", Backend.describe());
    json.put("workload", workload);
    json.put("training_flop_per_image", workload.operations(Phase.TRAINING));
    json.put("evaluation_flop_per_image", workload.operations(Phase.EVALUATION));
    json.put("annealing_flop_per_image", workload.operations(Phase.ANNEALING));
    json.put("rows", table.rows());
    ObjectWriter writer = JSON.writerWithDefaultPrettyPrinter();
    writer.writeValue(out.resolve("table.json").toFile(), json);
    SpeedChart.write(table, out.resolve("table.png"));
    List<String> lines = TableText.lines(table);
    Files.write(out.resolve("table.txt"), lines);
    lines.forEach(System.out::println);
    return 0;
  }

  @Command(name = "images", description = "Writes an IDX file of random images.")
  int images(@Parameters(paramLabel = "FILE") Path file, @Option(names = "--count") int count)
      throws IOException {
    new SyntheticImages(count).write(file);
    return 0;
  }

  @Command(name = "rounds", description = "Reads where the time of a finished run's rounds went.")
  int rounds(
      @Parameters(paramLabel = "MEASUREMENTS") Path measurements,
      @Parameters(paramLabel = "RUN") Path run,
      @Option(names = "--series", required = true) String series,
      @Option(names = "--every", required = true) int every)
      throws IOException {
    GrowthRow row = new FinishedRun(run).growth(series, every);
    append(measurements, List.of(row));
    return 0;
  }

  @Command(
      name = "growth",
      description = "Prints how rounds grow, and what follows from it; draws a picture.")
  int growth(
      @Parameters(paramLabel = "MEASUREMENTS") Path measurements,
      @Option(names = "--out", required = true) Path out,
      @Option(names = "--cores", required = true) int cores,
      @Option(names = "--batch", required = true) int batch)
      throws IOException {
    List<GrowthRow> rows = read(measurements, GrowthRow.class);
    GrowthChart.write(rows, out.resolve("growth.png"));
    List<String> lines = new ArrayList<>(GrowthText.lines(rows));
    GrowthRow base = rows.get(0);
    CostModel model = CostModel.of(GrowthRow.ofLengthOf(base, rows), cores);
    lines.add("");
    lines.addAll(new Prediction(model, base.parameters(), base.step(), batch).lines());
    Files.write(out.resolve("growth.txt"), lines);
    lines.forEach(System.out::println);
    return 0;
  }

  /** Adds a line of JSON for each. */
  static void append(Path file, List<?> all) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Object one : all) {
      lines.add(JSON.writeValueAsString(one));
    }
    Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** What a file has, a line each. */
  static <T> List<T> read(Path file, Class<T> type) throws IOException {
    List<T> all = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      all.add(JSON.readValue(line, type));
    }
    return all;
  }
}
