package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.DataFixtures.write;
import static org.sparkvae.job.fixtures.Pictures.grey;
import static org.sparkvae.job.fixtures.Pictures.png;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Table;

/** Images and labels keep the names that people know them by, in whichever start of a run. */
class NamedImagesRunTest {
  @TempDir private Path folder;
  private RunFiles run;
  private String conf;

  @BeforeEach
  void settings() throws IOException {
    run = RunFiles.in(folder, "run");
    conf =
        Files.writeString(
                folder.resolve("named.conf"),
                """
                run.directory = "%s"
                data.train { source = folder, path = "%s", labels = parent }
                data.test { source = folder, path = "%s", labels = parent }
                data.shards = 1
                model { latent = 2, encoder.hidden = [4], decoder.hidden = [4] }
                training { epochs = 1, batch = 4 }
                evaluation.samples = 10
                """
                    .formatted(run.root(), folder.resolve("train"), folder.resolve("test")))
            .toString();
  }

  private void images(String set, String... labels) {
    for (String label : labels) {
      for (int i = 0; i < 3; i++) {
        write(
            folder.resolve(set).resolve(label).resolve(i + ".png"),
            png(grey(2, 2, 9, 200, 30 * i, 40)));
      }
    }
  }

  private List<String> rows() {
    Table table = run.table("evaluation.parquet");
    return table.rows().stream().map(this::text).sorted().toList();
  }

  private String text(Row row) {
    String path = row.getAs("path");
    return "%s %s %s"
        .formatted(folder.relativize(Path.of(path)), row.getAs("label"), row.getAs("label_name"));
  }

  @Test
  void anEvaluationAloneNumbersLabelsAsTheRunWithoutItsTrainingImages() throws IOException {
    images("train", "cat", "ant", "dog");
    images("test", "cat", "dog");
    List<String> expected =
        List.of(
            "test/cat/0.png 1 cat",
            "test/cat/1.png 1 cat",
            "test/cat/2.png 1 cat",
            "test/dog/0.png 2 dog",
            "test/dog/1.png 2 dog",
            "test/dog/2.png 2 dog");
    Outcome whole = LocalJob.run(conf);
    assertThat(whole.err()).isEmpty();
    assertThat(whole.status()).isZero();
    assertThat(whole.out()).doesNotContain("Passed over", "Left out");
    assertThat(rows()).isEqualTo(expected);
    assertThat(run.json("images.json").toString())
        .matches(
            "\\{\"width\":2,\"height\":2,\"channels\":1,\"label_names\":\\[\"ant\",\"cat\",\"dog\"],"
                + "\"digests\":\\{\"training\":\"[0-9a-f]{16}\"}}");

    Files.move(folder.resolve("train"), folder.resolve("moved"));
    Outcome evaluated = LocalJob.run(conf, "pipeline=[evaluate]", "evaluation.samples=20");

    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.status()).isZero();
    assertThat(rows()).isEqualTo(expected);

    write(folder.resolve("test/cat/0.png"), png(grey(1, 4, 9, 200, 3, 40)));
    Outcome turned =
        LocalJob.run(
            conf, "pipeline=[evaluate]", "evaluation.samples=30", "data.on-bad-image=skip");
    assertThat(turned.err())
        .contains(
            folder.resolve("test")
                + ": images are 1x4 grey, but the run began with images of 2x2 grey;"
                + " bring them to that shape");
    assertThat(turned.status()).isEqualTo(3);
  }

  @Test
  void wholeNumbersAreTheirOwnLabelsAndOtherFilesAreCounted() throws IOException {
    images("train", "1", "2", "10");
    images("test", "10", "02");
    write(folder.resolve("train/labels.csv"), new byte[1]);
    write(folder.resolve("test/10/3.webp"), new byte[1]);
    write(folder.resolve("test/10/4.WEBP"), new byte[1]);
    write(folder.resolve("test/.index"), new byte[1]);
    Files.move(folder.resolve("test/02"), folder.resolve("test/3"));

    Outcome outcome = LocalJob.run(conf);

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains("Passed over 1 file in " + folder.resolve("train") + ": 1 .csv\n");
    assertThat(outcome.err())
        .isEqualTo(
            "spark-vae: warning: Passed over 3 files in "
                + folder.resolve("test")
                + ": 2 .webp, 1 hidden; to use the images among them, convert .webp to PNG or"
                + " JPEG\n");
    assertThat(rows())
        .containsExactly(
            "test/10/0.png 10 null",
            "test/10/1.png 10 null",
            "test/10/2.png 10 null",
            "test/3/0.png 3 null",
            "test/3/1.png 3 null",
            "test/3/2.png 3 null");
  }
}
