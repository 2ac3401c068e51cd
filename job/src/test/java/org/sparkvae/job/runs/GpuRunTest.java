package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;
import static org.sparkvae.job.fixtures.DataFixtures.idx;
import static org.sparkvae.job.fixtures.DataFixtures.pixels;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.compute.SimulatedGpus;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;

/** The whole command in local mode, whose two slots share simulated GPUs. */
@Timeout(120)
class GpuRunTest {
  private static final long ENOUGH = 1 << 26;

  @TempDir private Path folder;
  private String conf;

  @BeforeEach
  void prepare() throws IOException {
    String images =
        write(folder.resolve("images"), idx(IDX_IMAGES, new int[] {12, 2, 3}, pixels(12, 6)));
    String text =
        """
        pipeline = [train, evaluate]
        data { train { source = idx, path = "%s" }, test { source = idx, path = "%s" }, shards = 2 }
        model { latent = 2, encoder.hidden = [3], decoder.hidden = [3] }
        training { epochs = 2, batch = 4 }
        evaluation { samples = 20, block = 10 }
        report.pictures = false
        """;
    conf = Files.writeString(folder.resolve("job.conf"), text.formatted(images, images)).toString();
  }

  private double nll(String name) throws IOException {
    return figure(name + "/summary.json", "test_nll");
  }

  /** A number of a file of JSON, the first of a list. */
  private double figure(String file, String key) throws IOException {
    Matcher found =
        Pattern.compile("\"" + key + "\"\\s*:\\s*\\[?\\s*([0-9.eE+-]+)")
            .matcher(Files.readString(folder.resolve(file)));
    assertThat(found.find()).as("%s of %s", key, file).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void trainsAndEvaluatesAsOnTheHost() throws IOException {
    Outcome onHost =
        LocalJob.run(conf, "run.directory=" + folder.resolve("host"), "compute.device=cpu");
    assertThat(onHost.status()).as(onHost.err()).isZero();
    try (SimulatedGpus gpus = new SimulatedGpus(ENOUGH, ENOUGH)) {
      Outcome onGpus = LocalJob.run(conf, "run.directory=" + folder.resolve("gpus"));
      assertThat(onGpus.status()).as(onGpus.err()).isZero();
      assertThat(onGpus.out()).contains("\n  backend    products of our own on ");
      assertThat(gpus.launches()).allSatisfy(count -> assertThat(count).isPositive());
    }
    assertThat(nll("gpus")).isCloseTo(nll("host"), within(1e-4));
  }

  @Tag("cluster")
  @Test
  void stagesAndRefinedPosteriorsAreThoseOfTheHost() throws IOException {
    String[] settings = {
      conf,
      "pipeline=[train, evaluate, encode, sample, reconstruct, impute]",
      "evaluation.proposal.type=refined",
      "impute.method.warm-up=1",
      "impute.method.steps=3",
      "impute.method.draws=2"
    };
    Outcome onHost = LocalJob.run(with(settings, "host", "compute.device=cpu"));
    assertThat(onHost.status()).as(onHost.err()).isZero();
    try (SimulatedGpus gpus = new SimulatedGpus(ENOUGH, ENOUGH)) {
      Outcome onGpus = LocalJob.run(with(settings, "gpus", "compute.device=auto"));
      assertThat(onGpus.status()).as(onGpus.err()).isZero();
      assertThat(gpus.launches()).allSatisfy(count -> assertThat(count).isPositive());
    }
    assertThat(nll("gpus")).isCloseTo(nll("host"), within(1e-3));
    for (String stage : new String[] {"reconstruct", "impute"}) {
      assertThat(figure("gpus/" + stage + ".json", "mean_squared_error"))
          .as(stage)
          .isCloseTo(figure("host/" + stage + ".json", "mean_squared_error"), within(1e-6));
    }
    assertThat(figure("gpus/encode.json", "posterior_mean_variances"))
        .isCloseTo(figure("host/encode.json", "posterior_mean_variances"), within(1e-6));
    assertThat(folder.resolve("gpus/sample.parquet/_SUCCESS")).exists();
  }

  private String[] with(String[] settings, String directory, String device) {
    String[] all = Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "run.directory=" + folder.resolve(directory);
    all[settings.length + 1] = device;
    return all;
  }

  @Test
  void endsInALineWhereTheMemoryIsTooSmall() {
    try (SimulatedGpus gpus = new SimulatedGpus(1000)) {
      Outcome outcome =
          LocalJob.run(conf, "run.directory=" + folder.resolve("small"), "data.shards=1");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err())
          .matches(
              "spark-vae: error: a simulated GPU has [0-9,]+ bytes free, and an array needs"
                  + " [0-9,]+: set a smaller training\\.batch .*\n")
          .hasLineCount(1);
      assertThat(gpus.launches()).hasSize(1);
    }
  }
}
