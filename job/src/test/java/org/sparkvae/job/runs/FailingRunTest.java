package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_LABELS;
import static org.sparkvae.job.fixtures.DataFixtures.gzip;
import static org.sparkvae.job.fixtures.DataFixtures.idx;
import static org.sparkvae.job.fixtures.DataFixtures.pixels;
import static org.sparkvae.job.fixtures.DataFixtures.write;
import static org.sparkvae.job.fixtures.Pictures.grey;
import static org.sparkvae.job.fixtures.Pictures.png;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;

/** What goes wrong ends the whole command with one line and its exit status. */
class FailingRunTest {
  private static final String ERROR = "spark-vae: error: ";
  private static final byte[] IMAGES = idx(IDX_IMAGES, new int[] {12, 2, 3}, pixels(12, 6));

  @TempDir private Path folder;
  private String conf;
  private String images;
  private RunFiles run;

  @BeforeEach
  void prepare() throws IOException {
    images = write(folder.resolve("images"), IMAGES);
    run = RunFiles.in(folder, "run");
    conf = conf("data.train { source = idx, path = \"%s\" }".formatted(images));
  }

  /** Writes settings of a tiny run, with more that go before these. */
  private String conf(String more) throws IOException {
    String base =
        """
        run.directory = "%s"
        pipeline = [train]
        data.shards = 2
        model { latent = 2, encoder.hidden = [3], decoder.hidden = [3] }
        training { epochs = 2, batch = 6 }
        report.pictures = false
        """;
    return Files.writeString(folder.resolve("job.conf"), base.formatted(run.root()) + more + "\n")
        .toString();
  }

  @Test
  void ofTheCommandLine() {
    expect(2, "command line: Missing required parameter: 'CONF'; see --help");
    expect(2, "command line: Unknown option: '--fast'; see --help", "--fast", conf);
    String missing = folder.resolve("missing.conf").toString();
    expect(
        2,
        missing + ": no such file; give the path of a settings file, such as conf/mnist.conf",
        missing);
  }

  @Test
  void ofTheSettings() throws IOException {
    expect(
        2,
        "command line: unknown key training.epoch; did you mean training.epochs?",
        conf,
        "training.epoch=1");
    expect(
        2,
        "command line: training.batch is \"x\", but must be a whole number of at least 1",
        conf,
        "training.batch=x");
    expect(
        2,
        conf("model.latent = many")
            + ":7: model.latent is \"many\", but must be a whole number of at least 1",
        conf);
    Outcome homeless = LocalJob.run(write(folder.resolve("a.conf"), new byte[0]));
    assertThat(homeless.status()).isEqualTo(2);
    assertThat(homeless.err()).startsWith(ERROR).contains("run.directory").hasLineCount(1);
    assertThat(run.root()).as("made before the settings were checked").doesNotExist();
  }

  @Test
  void ofResultsAmongTheImages() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    write(pictures.resolve("a.png"), png(grey(2, 2, 1, 2, 3, 4)));
    conf = conf("data.train { source = folder, path = \"%s\" }".formatted(pictures));
    String why =
        " lies in %s, whose pictures are read as images, and so would be those in it: name a directory outside of that folder"
            .formatted(pictures);
    RunFiles inside = RunFiles.in(pictures, "run");
    expect(2, "run.directory " + inside.root() + why, conf, inside.setting());
    assertThat(inside.root()).doesNotExist();
    String stage = pictures + "/out";
    expect(
        2,
        "sample.directory " + stage + why,
        conf,
        "pipeline=[train, sample]",
        "sample.directory=" + stage);
    Path followed = pictures.resolve("ml runs");
    expect(
        2,
        "tracking.mlflow.directory file:" + followed + why,
        conf,
        "tracking.mlflow={type=folder,directory=\"%s\"}".formatted(followed));
    assertThat(followed).doesNotExist();
    assertThat(run.root()).doesNotExist();
  }

  @Test
  void ofPlacesThatNoTableIsReadFrom() {
    String why =
        " has both ':' and one of []{}*?\\, and tables on such paths cannot be read; name a path without one of them";
    String test = "data.test={source=idx,path=\"%s\"}".formatted(images);
    RunFiles odd = RunFiles.in(folder, "at 10:30 [2]");
    expect(
        2,
        "run.directory " + odd.root() + why,
        conf,
        "pipeline=[train, evaluate]",
        test,
        "run.directory=\"%s\"".formatted(odd.root()));
    assertThat(odd.root()).doesNotExist();
    String stage = folder + "/a:b/{c}";
    expect(
        2,
        "encode.directory " + stage + why,
        conf,
        "pipeline=[train, encode]",
        test,
        "encode.directory=\"%s\"".formatted(stage));
    assertThat(run.root()).doesNotExist();
  }

  @Test
  void ofTheRunDirectory() throws IOException {
    RunFiles below = new RunFiles(Path.of(images, "run"));
    Outcome outcome = LocalJob.run(conf, below.setting());
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith(ERROR + "run.directory " + below.root() + " cannot be used (")
        .endsWith("): check the path and its permissions, or choose another\n")
        .hasLineCount(1);

    // Even for root, nothing can be made here.
    Outcome readOnly = LocalJob.run(conf, "run.directory=/proc/spark-vae");
    assertThat(readOnly.status()).isEqualTo(2);
    assertThat(readOnly.err())
        .startsWith(ERROR + "run.directory /proc/spark-vae cannot be used (")
        .endsWith("): check the path and its permissions, or choose another\n")
        .hasLineCount(1);

    expect(
        2,
        "run.directory file:"
            + folder.resolve("other")
            + " holds no run but other files, such as precious: choose another directory",
        conf,
        "run.directory=" + Path.of(write(folder.resolve("other/precious"), IMAGES)).getParent());
    expect(
        2,
        "file:" + run.root() + " holds no trained model: put train before evaluate in the pipeline",
        conf,
        "pipeline=[evaluate]",
        "data.test.source=idx",
        "data.test.path=" + images);
  }

  @Test
  void ofIdxFiles() {
    String missing = folder.resolve("missing.gz").toString();
    expectOfTraining(missing, missing + ": does not exist; check the path");
    byte[] gzipped = gzip(IMAGES);
    String truncated =
        write(folder.resolve("truncated.gz"), Arrays.copyOf(gzipped, gzipped.length - 12));
    expectOfTraining(truncated, truncated + ": truncated gzip file; fetch it again");
    String notIdx = write(folder.resolve("text"), "PNG images".getBytes());
    expectOfTraining(
        notIdx,
        notIdx
            + ": not an IDX file of images: starts with 0x504e4720, not 0x00000803 or 0x00000804;"
            + " name another file");
    String labels = write(folder.resolve("labels"), idx(IDX_LABELS, new int[] {8}, new byte[8]));
    expectOfTraining(
        images,
        labels
            + ": 8 labels for the 12 images of "
            + images
            + "; name the files that belong together",
        "data.train.labels=" + labels);
    String wider =
        write(folder.resolve("wider"), idx(IDX_IMAGES, new int[] {2, 2, 4}, pixels(2, 8)));
    expectOfTraining(
        images,
        wider
            + ": images are 4x2 grey where those of "
            + images
            + " are 3x2 grey; bring them to one shape",
        "pipeline=[train, evaluate]",
        "data.test.source=idx",
        "data.test.path=" + wider);
  }

  @Test
  void ofPictures() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    expectOfFolder(
        pictures, pictures + ": holds no .png, .jpg or .jpeg file; name a folder of images");
    String hint = "; mend or remove it, or set data.on-bad-image = skip to leave it out";
    byte[] good = png(grey(2, 2, 10, 20, 30, 40));
    String first = write(pictures.resolve("a.png"), good);
    String unreadable = write(pictures.resolve("b.png"), Arrays.copyOf(good, good.length - 20));
    expectOfFolder(pictures, unreadable + ": is truncated" + hint);
    Files.delete(Path.of(unreadable));
    String wider = write(pictures.resolve("c.png"), png(grey(3, 2, 1, 2, 3, 4, 5, 6)));
    expectOfFolder(
        pictures,
        wider
            + ": has 3x2 pixels where "
            + first
            + " has 2x2"
            + hint.replace(", or", ", set data.resize to bring all images to one size, or"));
  }

  @Test
  void exceptOfBadImagesToBeSkipped() throws IOException {
    Path pictures = folder.resolve("pictures");
    for (int i = 0; i < 8; i++) {
      write(pictures.resolve("good" + i + ".png"), png(grey(2, 2, i, 200, 30 * i, 40)));
    }
    String empty = write(pictures.resolve("bad.png"), new byte[0]);
    String text = write(pictures.resolve("worse.png"), "no picture".getBytes());
    conf = conf("data.train { source = folder, path = \"%s\" }".formatted(pictures));
    Outcome outcome = LocalJob.run(conf, "data.on-bad-image=skip");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains(
            "Left out 2 bad images (1 empty, 1 neither PNG nor JPEG), listed in file:"
                + run.root()
                + "/bad-images.json\n");
    JsonNode bad = run.json("bad-images.json");
    assertThat(bad.get("count").intValue()).isEqualTo(2);
    assertThat(bad.get("listed"))
        .extracting(b -> b.get("image").textValue())
        .containsExactly(empty, text);
    assertThat(bad.get("listed"))
        .extracting(b -> b.get("reason").textValue())
        .containsExactly("is empty", "is neither PNG nor JPEG");
    assertThat(run.json("summary.json").get("training_images").intValue()).isEqualTo(8);
  }

  @Test
  void exceptOfBadImagesWhichAreListedUntilTheirSourceIsReadAgain() throws IOException {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    for (int i = 0; i < 8; i++) {
      write(train.resolve("good" + i + ".png"), png(grey(2, 2, i, 200, 30 * i, 40)));
      write(test.resolve("good" + i + ".png"), png(grey(2, 2, 9, 20 * i, 30, 4)));
    }
    String ofTraining = write(train.resolve("bad.png"), new byte[0]);
    String ofTest = write(test.resolve("bad.png"), new byte[0]);
    conf =
        conf(
            """
            data.on-bad-image = skip
            data.train { source = folder, path = "%s" }
            data.test { source = folder, path = "%s" }
            """
                .formatted(train, test));
    String evaluate = "pipeline=[evaluate]";
    String samples = "evaluation.samples=";
    assertThat(LocalJob.run(conf).status()).isZero();
    expectListed(ofTraining, ofTest);

    Outcome evaluated = LocalJob.run(conf, evaluate, samples + 10);
    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.out())
        .contains("Left out 1 bad image (1 empty), listed in file:" + run.root());
    expectListed(ofTraining, ofTest);

    Outcome beside = LocalJob.run(conf, evaluate, samples + 20);
    RunFiles other = run.otherEvaluation();
    assertThat(beside.out())
        .contains(
            "Left out 1 bad image (1 empty), listed in file:"
                + other.root()
                + "/bad-images.json\n");
    expectListed(other, ofTest);
    expectListed(ofTraining, ofTest);

    Path others = folder.resolve("others");
    write(others.resolve("good.png"), png(grey(2, 2, 9, 20, 30, 4)));
    String ofOthers = write(others.resolve("bad.png"), new byte[0]);
    Outcome encoded = LocalJob.run(conf, "pipeline=[encode]", "data.test.path=" + others);
    assertThat(encoded.err()).isEmpty();
    assertThat(encoded.out())
        .contains("Left out 1 bad image (1 empty), the first of them " + ofOthers + "\n");
    expectListed(ofTraining, ofTest);

    Files.delete(run.root().resolve("_SUCCESS"));
    Files.delete(run.root().resolve("evaluation.parquet/_SUCCESS"));
    Files.delete(Path.of(ofTest));
    Outcome again = LocalJob.run(conf, evaluate, samples + 10);
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).doesNotContain("Left out");
    expectListed(ofTraining);
  }

  private void expectListed(String... bad) throws IOException {
    expectListed(run, bad);
  }

  private static void expectListed(RunFiles run, String... bad) throws IOException {
    JsonNode document = run.json("bad-images.json");
    assertThat(document.get("count").intValue()).isEqualTo(bad.length);
    assertThat(document.get("listed"))
        .extracting(b -> b.get("image").textValue())
        .containsExactly(bad);
  }

  @Test
  void ofTestImagesOfAnotherShapeThanTheModels() throws IOException {
    assertThat(LocalJob.run(conf).status()).isZero();
    SortedMap<String, Stamp> model = run.stamps("checkpoints");
    write(Path.of(images), idx(IDX_IMAGES, new int[] {2, 2, 4}, pixels(2, 8)));
    String[] evaluation = {
      conf, "pipeline=[evaluate]", "data.test.source=idx", "data.test.path=" + images
    };
    expect(
        3,
        images
            + ": images are 4x2 grey, but the run began with images of 3x2 grey;"
            + " bring them to that shape",
        evaluation);
    // As in a run of a version that did not keep the shape.
    Files.delete(run.root().resolve("images.json"));
    expect(
        3,
        images
            + ": images have 8 values each, but the model was trained on images of 6; set"
            + " data.test to images like the training set's",
        evaluation);
    assertThat(run.stamps("checkpoints")).isEqualTo(model);
  }

  @Test
  void ofDivergedTrainingWhichLeavesTheLastCheckpoint() throws IOException {
    // One step an epoch: epoch 1 is finite, and what its step leads to is not.
    String[] arguments = {conf, "training.optimiser.learning-rate=1e30"};
    Outcome outcome = LocalJob.run(arguments);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .matches(
            ERROR
                + "training diverged in epoch 2, round 1, shard [01], .*; lower"
                + " training.optimiser.learning-rate .*\n");
    assertThat(run.has(RunFiles.checkpoint(2))).isFalse();
    SortedMap<String, Stamp> checkpoint = run.stamps(RunFiles.checkpoint(1));
    assertThat(checkpoint).hasSize(3);

    assertThat(LocalJob.run(arguments).err())
        .as("goes on from the checkpoint, to the same end")
        .isEqualTo(outcome.err());
    assertThat(run.stamps(RunFiles.checkpoint(1))).isEqualTo(checkpoint);
    assertThat(run.has("_SUCCESS")).isFalse();
  }

  @Test
  void withAStackTraceWhereAsked() {
    String missing = folder.resolve("missing").toString();
    Outcome outcome = LocalJob.run("--verbose", conf, "data.train.path=" + missing);
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err())
        .contains(
            "org.sparkvae.job.data.faults.DataException: " + missing, "\tat org.sparkvae.job.")
        .endsWith("\n" + ERROR + missing + ": does not exist; check the path\n");
  }

  private void expectOfTraining(String path, String message, String... more) {
    List<String> arguments = new ArrayList<>(List.of(conf, "data.train.path=" + path));
    arguments.addAll(List.of(more));
    expect(3, message, arguments.toArray(String[]::new));
  }

  private void expectOfFolder(Path path, String message) {
    expectOfTraining(path.toString(), message, "data.train.source=folder");
  }

  /** Runs the command, which is to print this line alone. */
  private static void expect(int status, String message, String... arguments) {
    assertThat(LocalJob.run(arguments)).isEqualTo(new Outcome(status, "", ERROR + message + "\n"));
  }
}
