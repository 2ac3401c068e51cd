package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.device.Precision;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.evaluation.Importance;
import org.sparkvae.job.analyse.Tightness;
import org.sparkvae.job.settings.AnalysisSettings;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.ReportSettings;
import org.sparkvae.job.settings.Resize;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.Scale;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.StorageSetting;
import org.sparkvae.job.settings.TrackingSettings;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.settings.TrainingSettings.Gradients;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Sgd;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Vae;

class SettingsReaderTest {
  private static final TrackingSettings NOBODY_ELSE =
      new TrackingSettings(
          new org.sparkvae.job.track.mlflow.None(), new org.sparkvae.job.track.tensorboard.None());

  @TempDir private Path folder;
  private SettingsFixture fixture;

  @BeforeEach
  void fixture() {
    fixture = new SettingsFixture(folder);
  }

  @Test
  void readsTheDefaults() {
    JobSettings settings = fixture.read("");
    Mlp network = new Mlp(List.of(200, 200), Activation.TANH);
    assertThat(settings)
        .isEqualTo(
            new JobSettings(
                settings.config(),
                List.of("train", "evaluate"),
                1,
                new RunSettings("runs/t", RunSettings.Mode.RESUME, ""),
                new DataSettings(
                    new ImageSource.Idx("train", "", 0),
                    new ImageSource.Idx("test", "", 0),
                    new ImageSource.None(),
                    0,
                    new DataSettings.Bits(Binarisation.DYNAMIC, 0.5),
                    new DataSettings.Cut(0, 1000, 0),
                    DataSettings.OnBadImage.FAIL,
                    StorageSetting.AUTO,
                    Background.BLACK,
                    Resize.NONE),
                new Vae(50, network, network, new Bernoulli()),
                new TrainingSettings(
                    new TrainingSettings.StartFrom("", false),
                    20,
                    100,
                    new Elbo(1, Elbo.Kl.ANALYTIC),
                    new Reparameterised(),
                    new Adam(0.9, 0.999, 1e-4),
                    new TrainingSettings.Rates(1e-3, TrainingSettings.Schedule.CONSTANT, 0),
                    new TrainingSettings.Restraints(0, 0, TrainingSettings.Gradients.PLAIN),
                    new TrainingSettings.Averaging(
                        TrainingSettings.Strategy.WEIGHTED, 10, new TrainingSettings.Outer(0, 1)),
                    new TrainingSettings.GradientNoise(0, 100),
                    new TrainingSettings.Validation(1, 1, 0),
                    new TrainingSettings.Checkpoints(1, 3, List.of())),
                new EvaluationSettings(5000, 500, 0),
                new AnalysisSettings(
                    List.of(new Tightness(100, 10_000, 800, 0.01, new Importance()))),
                List.of(),
                new ReportSettings(true, true, false, ReportSettings.Progress.AUTO),
                NOBODY_ELSE,
                new ComputeSettings(
                    ComputeSettings.Backend.AUTO,
                    ComputeSettings.Device.AUTO,
                    List.of(),
                    Precision.FLOAT32)));
  }

  @Test
  void readsBackgroundsAndScalesAsTheyAreWritten() {
    for (String white : List.of("white", "\"#ffffff\"", "#FFffFF")) {
      assertThat(fixture.read("", "data.background=" + white).data().background())
          .isEqualTo(new Background(255, 255, 255));
    }
    for (Scale scale : Scale.values()) {
      for (String written : List.of("" + scale, "\"" + scale + "\"")) {
        assertThat(fixture.read("data.test.scale = " + written).data().test().scale())
            .isEqualTo(scale);
        assertThat(fixture.read("", "data.test.scale=" + written).data().test().scale())
            .isEqualTo(scale);
      }
    }
  }

  @Test
  void readsHowGradientsAreTaken() {
    for (Gradients gradients : Gradients.values()) {
      assertThat(
              fixture
                  .read(
                      "training.optimiser.gradients = " + gradients.name().toLowerCase(Locale.ROOT))
                  .training()
                  .restraints()
                  .gradients())
          .isEqualTo(gradients);
    }
  }

  @Test
  void readsEverythingElse() {
    JobSettings settings =
        fixture.read(
            """
            pipeline = [train], seed = -9223372036854775808
            run.mode = overwrite
            data {
              train = { source = folder, path = f, labels = parent, colour = rgb, limit = 9, scale = 0..1 }
              test = { source = parquet, path = p, labels = l, column = c, id-column = i, width = 2, height = 3, channels = 3, scale = -1..1 }
              validation { source = idx, path = v, labels = vl, scale = 0..255 }
              binarisation = none, threshold = 0.25, shards = 3, block-images = 7, reshard-every = 2
              on-bad-image = skip, storage = disk, background = "#ff8000"
              resize { mode = crop, width = 8, height = 9 }
            }
            model {
              latent = 2
              encoder { hidden = [], activation = softplus }
              decoder { hidden = [3], activation = elu }
              likelihood { type = gaussian, variance = per-pixel, min-variance = 0.5 }
            }
            training {
              start-from = runs/other, start-from-optimiser = true
              epochs = 1e2, batch = 20
              bound { type = importance-weighted, samples = 50 }
              weight-prior-precision = 2, kl-warm-up = 4
              optimiser { type = sgd, learning-rate = 0.1, momentum = 0.9, clip-norm = 7.5 }
              schedule.type = burda
              averaging { strategy = weighted, every = 1, outer { momentum = 0.5, learning-rate = 0.7 } }
              validation { every = 2, samples = 3, patience = 4 }
              checkpoint { every = 5, keep = 6, milestones = [2, 40] }
            }
            evaluation { samples = 7, block = 8, stream = 9 }
            report { pictures = off, html = off, csv = on, progress = off }
            compute { backend = driver, device = gpu, gpus = [1, 0], products = tf32 }
            """);
    assertThat(settings)
        .isEqualTo(
            new JobSettings(
                settings.config(),
                List.of("train"),
                Long.MIN_VALUE,
                new RunSettings("runs/t", RunSettings.Mode.OVERWRITE, ""),
                new DataSettings(
                    new ImageSource.Folder("f", "parent", Colour.RGB, 9, Scale.UNIT),
                    new ImageSource.Parquet(
                        "p", "c", "l", "i", 2, 3, 3, 0, Colour.AUTO, Scale.SYMMETRIC),
                    new ImageSource.Idx("v", "vl", 0),
                    0,
                    new DataSettings.Bits(Binarisation.NONE, 0.25),
                    new DataSettings.Cut(3, 7, 2),
                    DataSettings.OnBadImage.SKIP,
                    StorageSetting.DISK,
                    new Background(255, 128, 0),
                    new Resize(Resize.Mode.CROP, 8, 9)),
                new Vae(
                    2,
                    new Mlp(List.of(), Activation.SOFTPLUS),
                    new Mlp(List.of(3), Activation.ELU),
                    new Gaussian(Gaussian.Variance.PER_PIXEL, 0.5)),
                new TrainingSettings(
                    new TrainingSettings.StartFrom("runs/other", true),
                    100,
                    20,
                    new ImportanceWeighted(50),
                    new Reparameterised(),
                    new Sgd(0.9),
                    new TrainingSettings.Rates(0.1, TrainingSettings.Schedule.BURDA, 4),
                    new TrainingSettings.Restraints(2, 7.5, TrainingSettings.Gradients.PLAIN),
                    new TrainingSettings.Averaging(
                        TrainingSettings.Strategy.WEIGHTED,
                        1,
                        new TrainingSettings.Outer(0.5, 0.7)),
                    new TrainingSettings.GradientNoise(0, 100),
                    new TrainingSettings.Validation(2, 3, 4),
                    new TrainingSettings.Checkpoints(5, 6, List.of(2, 40))),
                new EvaluationSettings(7, 8, 9),
                new AnalysisSettings(
                    List.of(new Tightness(100, 10_000, 800, 0.01, new Importance()))),
                List.of(),
                new ReportSettings(false, false, true, ReportSettings.Progress.OFF),
                NOBODY_ELSE,
                new ComputeSettings(
                    ComputeSettings.Backend.DRIVER,
                    ComputeSettings.Device.GPU,
                    List.of(1, 0),
                    Precision.TF32)));
  }

  @Test
  void takesGpusToEvaluateWhatDeeplearning4jsMasterTrained() {
    String line = "training.averaging.strategy = dl4j, compute.device = gpu, pipeline = [evaluate]";
    assertThat(fixture.read(line).compute().device()).isEqualTo(ComputeSettings.Device.GPU);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://a/b",
        "hdfs://name:8020/a/b",
        "s3a://bucket/a",
        "runs/x",
        "/a//b",
        "runs/a=b",
        "runs/a,b",
        "runs/x#1",
        "2024//x",
        "a b",
        "a}b",
        "runs/$x",
        "it's"
      })
  void takesTextUnquotedOnTheCommandLine(String text) {
    assertThat(fixture.read("", "run.directory=" + text).run().directory()).isEqualTo(text);
  }

  @Test
  void takesHoconOnTheCommandLine() {
    JobSettings settings =
        fixture.read(
            "",
            "pipeline=[evaluate]",
            "model.encoder.hidden=[5,6]",
            "training.optimiser={learning-rate=2e-3,beta1=0.5}",
            "run.directory=\"a//b\"",
            "data.test.path=${data.train.path}\"/test\"",
            "seed=2",
            "seed=-3");
    assertThat(settings.pipeline()).containsExactly("evaluate");
    assertThat(((Vae) settings.model()).encoder())
        .isEqualTo(new Mlp(List.of(5, 6), Activation.TANH));
    assertThat(settings.training().rates().learningRate()).isEqualTo(2e-3);
    assertThat(settings.training().optimiser()).isEqualTo(new Adam(0.5, 0.999, 1e-4));
    assertThat(settings.run().directory()).isEqualTo("a//b");
    assertThat(settings.data().test()).isEqualTo(new ImageSource.Idx("train/test", "", 0));
    assertThat(settings.seed()).isEqualTo(-3);
  }

  @Test
  void findsTheDefaultsOfKindsInSubstitutions() {
    Vae model =
        (Vae)
            fixture
                .read(
                    "model.encoder.hidden += 100, model.decoder.hidden = ${model.encoder.hidden}",
                    "training.weight-prior-precision=${training.optimiser.beta1}")
                .model();
    assertThat(model.encoder()).isEqualTo(new Mlp(List.of(200, 200, 100), Activation.TANH));
    assertThat(model.decoder()).isEqualTo(model.encoder());
    for (String wrong :
        List.of(
            "model = ${nope}",
            "model = ${nope} { latent = 3 }",
            "model.likelihood.type = ${nope}")) {
      assertThatThrownBy(() -> fixture.read(wrong))
          .isInstanceOf(SettingsException.class)
          .hasMessageEndingWith("x.conf:4: Could not resolve substitution to a value: ${nope}");
    }
  }

  @Test
  void givesTheDefaultsOfASourceToAllSources() {
    DataSettings data =
        fixture
            .read("image-source { limit = 7 }, data.test.limit = 8, data.validation.source = none")
            .data();
    assertThat(data.train().limit()).isEqualTo(7);
    assertThat(data.test().limit()).isEqualTo(8);
    assertThat(data.validation()).isEqualTo(new ImageSource.None());
  }

  @Test
  void includesFilesAndTheEnvironment() {
    fixture.write("base.conf", "training.epochs = 3, training.batch = 4");
    JobSettings settings =
        fixture.read(
            """
            include "base.conf"
            include "not-there.conf"
            training.batch = 5
            run.directory = ${?PATH}
            data.test.path = ${?NO_SUCH_VARIABLE_AT_ALL}
            """);
    assertThat(settings.training().epochs()).isEqualTo(3);
    assertThat(settings.training().batch()).isEqualTo(5);
    assertThat(settings.run().directory()).isEqualTo(System.getenv("PATH"));
    assertThat(settings.data().test()).isEqualTo(new ImageSource.Idx("test", "", 0));
  }

  @Test
  void doesNotListenToSystemProperties() {
    System.setProperty("training.epochs", "77");
    try {
      assertThat(fixture.read("").training().epochs()).isEqualTo(20);
    } finally {
      System.clearProperty("training.epochs");
    }
  }

  @Test
  void readsFilesOfAFileSystemThatSparkSubmitWasToldOf() {
    fixture.read("seed = 7");
    String mount = "spark.hadoop.fs.viewfs.mounttable.default.link./conf";
    System.setProperty(mount, folder.toUri().toString());
    try {
      assertThat(SettingsReader.read("viewfs:///conf/x.conf", List.of()).seed()).isEqualTo(7);
    } finally {
      System.clearProperty(mount);
    }
  }

  @Test
  void readsFilesOfAHadoopFileSystemAndWhatTheyInclude() {
    fixture.write("base.conf", "training.epochs = 3\ninclude \"not-there.conf\"");
    Path file =
        fixture.write(
            "y.conf",
            "include \"base.conf\", pipeline = [train], run.directory = r\n"
                + "data.train { source = idx, path = p }");
    JobSettings settings = SettingsReader.read(file.toUri().toString(), List.of("seed=5"));
    assertThat(settings.training().epochs()).isEqualTo(3);
    assertThat(settings.seed()).isEqualTo(5);
    String required =
        fixture.write("z.conf", "include required(\"not-there.conf\")").toUri().toString();
    assertThatThrownBy(() -> SettingsReader.read(required, List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith("/not-there.conf: no such file; give the URI of a settings file");
  }

  @Test
  void includesFilesOfAHadoopFileSystemByTheirNamesWithoutEndingsAsOfALocalOne() {
    fixture.write("base.conf", "training.epochs = 3");
    fixture.write("base.json", "{\"training\": {\"epochs\": 4, \"batch\": 5}}");
    fixture.write("base.properties", "training.batch=6\ndata.test.path=a, b // c");
    Path file =
        fixture.write(
            "y.conf",
            "include \"base\", include \"not-there\", pipeline = [train], run.directory = r\n"
                + "data.train { source = idx, path = p }");
    JobSettings settings = SettingsReader.read(file.toUri().toString(), List.of());
    assertThat(settings.training().epochs()).isEqualTo(3);
    assertThat(settings.training().batch()).isEqualTo(5);
    assertThat(settings.config().root())
        .isEqualTo(SettingsReader.read(file.toString(), List.of()).config().root());
    String required = fixture.write("z.conf", "include required(\"not-there\")").toUri().toString();
    assertThatThrownBy(() -> SettingsReader.read(required, List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith("/not-there: no such file; give the URI of a settings file");
  }
}
