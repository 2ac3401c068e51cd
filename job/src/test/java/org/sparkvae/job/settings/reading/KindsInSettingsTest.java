package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.dl4j.VaeLayer;
import org.sparkvae.dl4j.VaeUpdater;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.kinds.Component;
import org.sparkvae.kinds.Kinds;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.Autoencoder;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * Every kind of every part that the settings' records hold, through settings files and the JSON of
 * a stored network.
 */
class KindsInSettingsTest {
  private static final int PIXELS = 16;

  @TempDir private Path folder;

  /** What cannot stand: priors of posteriors where there are none, and bits among Gaussians. */
  private static final List<String> CONTRADICTIONS =
      Stream.of(
              "density-network, prior = vampprior",
              "layered, prior = vampprior",
              "ladder, prior = bernoulli",
              "hvae, posterior = bernoulli",
              "auxiliary, prior = vampprior",
              "auxiliary, auxiliary.posterior = bernoulli")
          .map(
              of ->
                  "model.type = "
                      + of.replace(", ", "\nmodel.").replaceFirst(" = (\\w+)$", ".type = $1\n"))
          .toList();

  /** A record, where its settings stand, and the lines that choose it. */
  private record Place(Class<?> record, String block, String lines) {}

  /**
   * Each kind where it may stand: the path of its part, the kind, and the lines that choose it. A
   * part that several places lead to is visited at the first, the one with the shortest path.
   */
  static Stream<Arguments> kinds() {
    List<Arguments> kinds = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Deque<Place> places = new ArrayDeque<>(List.of(new Place(JobSettings.class, "", "")));
    while (!places.isEmpty()) {
      visit(places.remove(), seen, places, kinds);
    }
    return kinds.stream()
        .filter(arguments -> !CONTRADICTIONS.contains((String) arguments.get()[2]))
        // No map bends bits.
        .filter(arguments -> !((String) arguments.get()[2]).contains("base.type = bernoulli"));
  }

  private static void visit(
      Place place, Set<String> seen, Deque<Place> places, List<Arguments> kinds) {
    for (Component component : Component.of(place.record())) {
      Class<?> type = component.type();
      // A source of images has no type, and its reader is its own.
      boolean part = component.isBlock() && !type.equals(ImageSource.class);
      String path = place.block() + component.key();
      // Blocks without kinds are told apart by their paths.
      String name = type.isSealed() ? place.record().getName() + "." + component.key() : path;
      if (!part || !seen.add(name)) {
        continue;
      }
      if (type.isSealed()) {
        Kinds.of(type)
            .forEach(
                (kindName, kind) -> {
                  String choice =
                      place.lines() + path + ".type = " + kindName + "\n" + pipeline(kind);
                  kinds.add(Arguments.of(path, kind, choice));
                  places.add(new Place(kind, path + ".", choice));
                });
      } else {
        places.add(new Place(type, path + ".", place.lines()));
      }
    }
  }

  /** A model without log p(x) cannot be evaluated. */
  private static String pipeline(Class<?> kind) {
    return kind.equals(Autoencoder.class) ? "pipeline = [train]\n" : "";
  }

  @Test
  void theWalkFindsTheParts() {
    assertThat(kinds().map(arguments -> (String) arguments.get()[0]))
        .contains("model", "model.encoder", "model.likelihood", "training.bound")
        .contains("model.posterior.base", "model.above.posterior", "model.top.to-image")
        .doesNotContain("model.posterior.base.base", "model.above.above.above");
    assertThat(Part.all().stream().map(Part::path))
        .containsExactly(
            "model",
            "training.bound",
            "training.estimator",
            "training.optimiser",
            "evaluation.estimator",
            "evaluation.proposal",
            "analyse.tightness",
            "analyse.pca",
            "analyse.map",
            "analyse.separability",
            "analyse.clusters",
            "analyse.neighbours",
            "analyse.outliers",
            "analyse.epochs",
            "analyse.runs",
            "encode",
            "reconstruct",
            "impute",
            "denoise",
            "interpolate",
            "sample",
            "tracking.mlflow",
            "tracking.tensorboard");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isReadWithItsDefaultsAndAgainWrittenInFull(String path, Class<?> kind, String lines)
      throws IOException {
    JobSettings settings = read(lines);
    Placed part = Placed.at(path, settings);
    assertThat(part.value()).isInstanceOf(kind);

    BlockWriter writer = new BlockWriter();
    Kinds.write(part.declared(), part.value(), writer);
    Config written = writer.config().atPath(path);

    JobSettings again = read(lines + ConfigText.of(written));
    assertThat(Placed.at(path, again)).isEqualTo(part);
    assertThat(Warnings.of(again)).noneMatch(line -> line.contains("has no effect"));
    assertThat(written.entrySet())
        .allSatisfy(entry -> assertThat(settings.config().hasPath(entry.getKey())).isTrue());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isReadAgainFromTheConfigurationOfItsRun(String path, Class<?> kind, String lines) {
    JobSettings settings = read(lines);

    String stored = ConfigText.of(settings.config());

    assertThat(Placed.at(path, read(stored)).value())
        .isInstanceOf(kind)
        .isEqualTo(Placed.at(path, settings).value());
    assertThat(ConfigDifference.between(ConfigText.parse(stored), settings.config()).isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isReadAgainFromTheJsonOfANetwork(String path, Class<?> kind, String lines) {
    JobSettings settings = read(lines);
    TrainingSettings training = settings.training();
    VaeLayer layer =
        new VaeLayer(
            new ImageModel(Shape.vector(PIXELS), settings.model()),
            new ObjectiveSpec(training.bound(), PIXELS, 0, training.estimator()));
    VaeUpdater updater =
        new VaeUpdater(training.optimiser(), PIXELS, training.rates().learningRate());
    MultiLayerConfiguration network =
        new NeuralNetConfiguration.Builder().updater(updater).list().layer(layer).build();

    MultiLayerConfiguration again = MultiLayerConfiguration.fromJson(network.toJson());

    VaeLayer read = (VaeLayer) again.getConf(0).getLayer();
    assertThat(read.spec()).isEqualTo(layer.spec());
    assertThat(read.objective()).isEqualTo(layer.objective());
    assertThat(read.getIUpdater()).isEqualTo(updater);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachOfItsSettingsIsSaidOnceAndHasOneDefault(String path, Class<?> kind, String lines) {
    for (Component component : Component.of(kind)) {
      String key = path + "." + component.key();
      boolean shared = SettingsReader.defaults().hasPath(key);
      assertThat(component.says().isEmpty())
          .as("%s is said by reference.conf", key)
          .isEqualTo(shared);
      boolean free = shared || component.type().isRecord();
      assertThat(component.otherwise().isEmpty())
          .as("%s is free of a default", key)
          .isEqualTo(free);
    }
  }

  private JobSettings read(String lines) {
    // Intensities are what every likelihood takes.
    return new SettingsFixture(folder).read("data.binarisation = none\n" + beside(lines) + lines);
  }

  /** What bits, and estimators of several samples, ask of other parts. */
  private static String beside(String lines) {
    if (lines.contains("estimator.type = vimco") || lines.contains("estimator.type = rws")) {
      return "training.bound { type = importance-weighted, samples = 2 }\n";
    }
    boolean encoded = !lines.contains("model.type = density-network");
    boolean prior = lines.contains("model.prior.type = bernoulli") && encoded;
    if (!prior && !lines.contains("posterior.type = bernoulli")) {
      return "";
    }
    String scores = "training.estimator.type = score-function\n";
    String topmost = "model";
    if (lines.contains("model.type = layered")) {
      topmost = lines.contains("above.above.type = layer") ? "model.above.above" : "model.above";
    } else if (lines.contains("model.type = hvae")) {
      topmost = "model.top";
    }
    String bits = topmost + ".posterior.type = bernoulli\n";
    return prior || lines.contains(bits)
        ? scores + bits + "model.prior.type = bernoulli\n"
        : scores;
  }

  /** A component's declared type and value. */
  private record Placed(Class<?> declared, Object value) {
    static Placed at(String path, JobSettings settings) {
      Placed placed = new Placed(JobSettings.class, settings);
      for (String key : ConfigUtil.splitPath(path)) {
        Object outer = placed.value();
        placed =
            Component.of(outer.getClass()).stream()
                .filter(component -> component.key().equals(key))
                .map(component -> new Placed(component.type(), component.of(outer)))
                .findFirst()
                .orElseThrow();
      }
      return placed;
    }
  }
}
