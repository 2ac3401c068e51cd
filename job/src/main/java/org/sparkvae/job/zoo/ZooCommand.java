package org.sparkvae.job.zoo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sparkvae.job.report.pictures.PictureSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code submit/zoo} runs in Java: reads the summaries of the models' runs, prints them as a
 * table, and writes that as text, as JSON and as a picture.
 */
@Command(name = "zoo", description = "Sets the models' runs beside each other.")
public final class ZooCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--out", required = true, description = "Where the runs are, and the table goes.")
  private Path out;

  @Option(names = "--budget", required = true, description = "What every model was given.")
  private String budget;

  @Option(names = "--failed", description = "A model whose run failed, and its line.")
  private Map<String, String> failed = new LinkedHashMap<>();

  @Parameters(description = "The models whose runs are finished.")
  private List<String> models = new ArrayList<>();

  private ZooCommand() {}

  /** Runs the command, and ends the JVM: 0 done, 1 failed, 2 wrong arguments. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new ZooCommand()).execute(args);
  }

  @Override
  public Integer call() throws IOException {
    List<ModelRow> rows = new ArrayList<>();
    for (String model : models) {
      Path summary = out.resolve(model).resolve("summary.json");
      rows.add(ModelRow.of(model, JSON.readTree(summary.toFile())));
    }
    List<FailedRow> failures =
        failed.entrySet().stream().map(of -> new FailedRow(of.getKey(), of.getValue())).toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("budget", budget);
    json.put("rows", rows);
    json.put("failed", failures);
    JSON.writerWithDefaultPrettyPrinter().writeValue(out.resolve("table.json").toFile(), json);
    List<String> lines = new ArrayList<>(List.of(budget, ""));
    lines.addAll(ZooText.lines(rows, failures));
    Files.write(out.resolve("table.txt"), lines);
    lines.forEach(System.out::println);
    Optional<String> obstacle = PictureSupport.obstacle();
    if (obstacle.isPresent()) {
      System.err.println("submit/zoo: " + obstacle.get());
    } else {
      ZooChart.write(Group.of(rows), out.resolve("table.png"));
    }
    return 0;
  }
}
