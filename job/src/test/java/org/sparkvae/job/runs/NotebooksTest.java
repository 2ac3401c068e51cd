package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.RunFiles;

/** The notebooks, executed on fresh runs by the Python of the system's packages. */
@Tag("faces")
@Timeout(240)
class NotebooksTest {
  private static final Path NOTEBOOKS = Path.of("..", "notebooks");

  @TempDir private static Path folder;
  private static RunFiles run;
  private static RunFiles odd;

  @BeforeAll
  static void train() throws IOException {
    String conf = DrawnJob.write(folder, "seed = 5, report.csv = true");
    run = RunFiles.in(folder, "run");
    assertThat(LocalJob.run(conf, run.setting(), "pipeline=[train, evaluate, encode]").err())
        .isEmpty();
    odd = RunFiles.in(folder, "odd");
    assertThat(
            LocalJob.run(
                    conf,
                    odd.setting(),
                    "pipeline=[train, evaluate, encode]",
                    "training.bound={type=beta, beta=4}",
                    "model.latent=1")
                .err())
        .isEmpty();
    for (String table : List.of("evaluation.csv", "encode.csv")) {
      nameIds(odd.root().resolve(table));
    }
  }

  /** Writes id_text, the fourth column, in every row. */
  private static void nameIds(Path table) throws IOException {
    List<String> lines = Files.readAllLines(table);
    assertThat(lines.get(0)).startsWith("id,label,label_name,id_text,");
    lines.replaceAll(line -> line.replaceFirst("^((?:[^,]*,){3}),", "$1[text,"));
    Files.write(table, lines);
  }

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(NOTEBOOKS)) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void runsFromItsFirstCellToItsLast(Path notebook) throws Exception {
    execute(notebook, run);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void runsOnAnOddRun(Path notebook) throws Exception {
    execute(notebook, odd);
  }

  private static void execute(Path notebook, RunFiles run) throws Exception {
    Path executed = folder.resolve(notebook.getFileName().toString());
    ProcessBuilder builder =
        new ProcessBuilder(
                "/usr/bin/python3",
                "-m",
                "nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--output-dir",
                folder.toString(),
                notebook.toString())
            .redirectErrorStream(true);
    builder.environment().put("SPARK_VAE_RUN", run.root().toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    int pictures = 0;
    for (JsonNode cell : new ObjectMapper().readTree(executed.toFile()).get("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        assertThat(output.get("output_type").asText()).isNotEqualTo("error");
        pictures += output.path("data").has("image/png") ? 1 : 0;
      }
    }
    assertThat(pictures).isGreaterThanOrEqualTo(3);
  }
}
