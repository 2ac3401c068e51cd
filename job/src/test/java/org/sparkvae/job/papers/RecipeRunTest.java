package org.sparkvae.job.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeRunTest {
  @TempDir private Path folder;
  private RecipeRun run;

  @BeforeEach
  void name() {
    run = new RecipeRun("gated", folder.resolve("gated"));
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    assertThat(run.state()).isEqualTo("not begun");

    Path checkpoints = Files.createDirectories(run.directory().resolve("checkpoints"));
    Files.createDirectory(checkpoints.resolve(".epoch-000040.part"));
    assertThat(run.state()).isEqualTo("not finished, in its first epochs");

    Files.createDirectory(checkpoints.resolve("epoch-000990"));
    Files.createDirectory(checkpoints.resolve("epoch-001010"));
    assertThat(run.state()).isEqualTo("not finished, after epoch 1,010");
    assertThat(run.result()).isEmpty();
  }

  @Test
  void hasAResultOnceItIsFinished() throws IOException {
    Files.createDirectories(run.directory());
    Files.writeString(
        run.directory().resolve("summary.json"),
        """
        {
          "test_nll": 84.5, "test_nll_standard_error": null, "test_bound_standard_error": 0.23,
          "samples": 5000, "active_units": 30, "epochs": 412, "model_epoch": 361,
          "training_seconds": 5000.5, "test_images": 10000, "evaluation_images_per_second": 40.0,
          "evaluation_seconds": 25.0
        }""");
    assertThat(run.result()).isEmpty();

    Files.createFile(run.directory().resolve("_SUCCESS"));

    // All images at the last start's speed, which scored 1,000.
    assertThat(run.result())
        .contains(new Reproduction("gated", 84.5, 0.23, 5000, 30, 412, 361, 5000.5, 250));
  }

  @Test
  void doesWithoutWhatIsNotKnown() throws IOException {
    Files.createDirectories(run.directory());
    Files.createFile(run.directory().resolve("_SUCCESS"));
    Files.writeString(
        run.directory().resolve("summary.json"),
        "{\"test_nll\": 84.5, \"test_images\": 10, \"evaluation_images_per_second\": null}");

    Reproduction result = run.result().orElseThrow();

    assertThat(result.standardError()).isNaN();
    assertThat(result.evaluationSeconds()).isNaN();
  }
}
