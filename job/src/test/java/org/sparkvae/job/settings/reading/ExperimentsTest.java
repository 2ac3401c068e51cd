package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.TrainingSettings.Schedule;

/** The files in conf/. */
class ExperimentsTest {
  private static final Path CONF = Path.of("..", "conf");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isRightAndRunsInADirectoryOfItsOwnName(Path file) {
    JobSettings settings = read(file.getFileName().toString());
    assertThat(settings.run().directory())
        .isEqualTo("runs/" + file.getFileName().toString().replace(".conf", ""));
    assertThat(Warnings.of(settings)).isEmpty();
  }

  @Test
  void holdWhatTheirNamesSay() {
    assertThat(read("mnist.conf").evaluation()).isEqualTo(new EvaluationSettings(5000, 500, 0));
    assertThat(read("mnist-2d.conf").model().latent()).isEqualTo(2);
    assertThat(read("mnist-iwae.conf").training().bound()).isEqualTo(new ImportanceWeighted(5));
    assertThat(read("fashion-mnist.conf").data().train())
        .isEqualTo(
            new ImageSource.Idx(
                ".data/fashion-mnist/train-images-idx3-ubyte.gz",
                ".data/fashion-mnist/train-labels-idx1-ubyte.gz",
                0));
    JobSettings smoke = read("smoke.conf");
    assertThat(smoke.data().train().limit()).isEqualTo(2000);
    assertThat(smoke.training().epochs()).isEqualTo(2);
    assertThat(smoke.evaluation()).isEqualTo(new EvaluationSettings(100, 50, 0));
    JobSettings burda = read("burda.conf");
    assertThat(burda.training().epochs()).isEqualTo(1 + 3 + 9 + 27 + 81 + 243 + 729 + 2187);
    assertThat(burda.training().batch()).isEqualTo(20);
    assertThat(burda.training().rates().schedule()).isEqualTo(Schedule.BURDA);
    assertThat(burda.evaluation()).isEqualTo(new EvaluationSettings(5000, 500, 0));
  }

  /** With test images, which they take from the run. */
  @Test
  void everyStageHasAFileThatRunsItAlone() {
    for (String stage : JobSettings.APPLICATIONS) {
      JobSettings settings =
          SettingsReader.read(
              CONF.resolve("stages/" + stage + ".conf").toString(),
              List.of("data.test.source=idx", "data.test.path=x"));
      assertThat(settings.pipeline()).containsExactly(stage);
      assertThat(settings.run().directory()).isEqualTo("runs/mnist");
    }
  }

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(CONF.resolve("papers"))) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aPapersRecipeIsWhole(Path file) {
    String name = file.getFileName().toString();
    JobSettings settings = read("papers/" + name);
    assertThat(settings.run().directory()).isEqualTo("runs/papers/" + name.replace(".conf", ""));
    assertThat(settings.data().cut().shards()).isEqualTo(1);
    assertThat(settings.data().train().limit()).isZero();
    assertThat(settings.data().test().limit()).isZero();
    assertThat(settings.evaluation()).isEqualTo(new EvaluationSettings(5000, 500, 0));
    assertThat(Warnings.of(settings)).isEmpty();
  }

  private static JobSettings read(String name) {
    return SettingsReader.read(CONF.resolve(name).toString(), List.of());
  }
}
