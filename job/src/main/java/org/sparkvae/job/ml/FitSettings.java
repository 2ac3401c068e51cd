package org.sparkvae.job.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.param.Param;
import org.sparkvae.job.compute.ComputeConf;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigDifference;
import org.sparkvae.job.settings.reading.SettingsReader;
import org.sparkvae.vae.Model;

/**
 * The job's settings of a fit: Params that are set, over the text of the Param {@code settings},
 * over the job's defaults.
 *
 * @param params of the estimator
 * @param place where it trains
 */
record FitSettings(VaeEstimator params, Place place) {
  private static final String TEXT = "settings";

  /** Params by name, and the settings that they are. */
  private static final Map<String, List<String>> KEYS = keys();

  /** What the text may not hold, and whose it is. */
  private static final Map<String, String> OTHERS = others();

  /**
   * Where a fit takes place.
   *
   * @param table what the Dataset is called
   * @param directory of the run, any Hadoop URI
   * @param compute what the session's tasks compute on
   */
  record Place(String table, String directory, ComputeSettings compute) {}

  /**
   * The model that a fit would train, wherever it takes place.
   *
   * @throws IllegalArgumentException where Params or settings are wrong, in one line
   */
  static Model model(VaeEstimator params) {
    ComputeSettings compute = ComputeConf.read(new SparkConf(false));
    try {
      return new FitSettings(params, new Place("Dataset", "fit", compute)).read().model();
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("inputScale", List.of("data.train.scale"));
    keys.put("idCol", List.of("data.train.id-column"));
    keys.put("imageWidth", List.of("data.train.width"));
    keys.put("imageHeight", List.of("data.train.height"));
    keys.put("imageChannels", List.of("data.train.channels"));
    keys.put("binarisation", List.of("data.binarisation"));
    keys.put("latentDim", List.of("model.latent"));
    keys.put("hidden", List.of("model.encoder.hidden", "model.decoder.hidden"));
    keys.put("epochs", List.of("training.epochs"));
    keys.put("batchSize", List.of("training.batch"));
    keys.put("learningRate", List.of("training.optimiser.learning-rate"));
    keys.put("shards", List.of("data.shards"));
    keys.put("seed", List.of("seed"));
    return Collections.unmodifiableMap(keys);
  }

  private static Map<String, String> others() {
    Map<String, String> others = new LinkedHashMap<>();
    for (String key : List.of("source", "path", "labels", "limit", "column")) {
      others.put("data.train." + key, "fit trains on featuresCol of the Dataset that it is given");
    }
    others.put("image-source", "fit trains on featuresCol of the Dataset that it is given");
    others.put("data.test", "fit evaluates nothing");
    others.put("analyse", "fit analyses nothing");
    for (String stage : JobSettings.APPLICATIONS) {
      others.put(stage, "fit does nothing but train");
    }
    others.put("report.progress", "fit tells the log");
    others.put("pipeline", "fit does nothing but train");
    others.put("evaluation.directory", "fit evaluates nothing");
    others.put("evaluation.samples", "transform goes by the Param samples");
    others.put("run", "checkpointDirectory is the run directory");
    others.put("compute", "it belongs to the session, whose configuration has spark.vae.compute");
    return Collections.unmodifiableMap(others);
  }

  /**
   * Reads and checks them.
   *
   * @throws SettingsException for the first that is wrong
   */
  JobSettings read() {
    return read(ConfigFactory.empty());
  }

  /** Those with the shape of the images stated. */
  JobSettings read(ImageShape images) {
    return read(
        config(
            Map.of(
                "data.train.width", images.width(),
                "data.train.height", images.height(),
                "data.train.channels", images.channels())));
  }

  private JobSettings read(Config found) {
    Config text = SettingsReader.parse(params.getSettings(), TEXT);
    Config known = known(text);
    OTHERS.forEach((key, whose) -> find(known, key).ifPresent(there -> refuse(there, key, whose)));
    Config given = ConfigFactory.empty();
    for (Map.Entry<String, List<String>> param : KEYS.entrySet()) {
      if (params.isSet(params.getParam(param.getKey()))) {
        given = with(given, param.getKey(), param.getValue(), known);
      }
    }
    refuseOtherIds(known);
    JobSettings settings =
        SettingsReader.read(
            found.withFallback(given).withFallback(fixed()).withFallback(text), TEXT);
    if (params.getCheckpointDirectory().isEmpty()) {
      refuseTracking(settings.config());
    }
    return settings;
  }

  /** Who is told of a run needs one that stays. */
  private static void refuseTracking(Config settings) {
    for (String key : List.of("tracking.mlflow", "tracking.tensorboard")) {
      ConfigValue kind = settings.getValue(key + ".type");
      if (!kind.unwrapped().equals("none")) {
        throw new SettingsException(
            "%s: %s tells of fits with a checkpointDirectory only; set that Param, or leave it out"
                .formatted(place(kind), key));
      }
    }
  }

  /** The Dataset is read with the columns that Params name. */
  private void refuseOtherIds(Config text) {
    String key = "data.train.id-column";
    ConfigValue ofParam = ConfigValueFactory.fromAnyRef(params.getIdCol());
    find(text, key)
        .filter(there -> !ConfigDifference.same(there, ofParam))
        .ifPresent(there -> refuse(there, key, "the Param idCol names the column of ids"));
  }

  /** The text as far as it stands for itself; what it lacks, reading all of it tells. */
  private static Config known(Config text) {
    try {
      return text.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
    } catch (ConfigException e) {
      return text;
    }
  }

  private Config with(Config given, String name, List<String> keys, Config text) {
    Config more = given;
    for (String key : keys) {
      ConfigValue value = ConfigValueFactory.fromAnyRef(value(name, key), "Param " + name);
      Optional<ConfigValue> other =
          find(text, key).filter(there -> !ConfigDifference.same(there, value));
      if (other.isPresent()) {
        throw new SettingsException(
            "%s: %s is %s, but the Param %s is %s: set one of the two"
                .formatted(
                    place(other.get()), key, other.get().unwrapped(), name, value.unwrapped()));
      }
      more = more.withValue(key, value);
    }
    return more;
  }

  private Object value(String name, String key) {
    if (!name.equals("hidden")) {
      Param<Object> param = params.getParam(name);
      return params.getOrDefault(param);
    }
    List<Integer> widths = Arrays.stream(params.getHidden()).boxed().toList();
    if (key.startsWith("model.encoder")) {
      return widths;
    }
    List<Integer> reversed = Arrays.asList(widths.toArray(Integer[]::new));
    Collections.reverse(reversed);
    return reversed;
  }

  /** What the face decides. */
  private Config fixed() {
    ComputeSettings compute = place.compute();
    Map<String, Object> fixed = new LinkedHashMap<>();
    fixed.put("pipeline", List.of("train"));
    fixed.put("run.directory", place.directory());
    fixed.put("data.train.source", "parquet");
    fixed.put("data.train.path", place.table());
    fixed.put("data.train.column", params.getFeaturesCol());
    fixed.put("report.progress", "off");
    fixed.put("compute.backend", name(compute.backend()));
    fixed.put("compute.device", name(compute.device()));
    fixed.put("compute.gpus", compute.gpus());
    fixed.put("compute.products", name(compute.products()));
    return config(fixed);
  }

  private static Config config(Map<String, Object> values) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, Object> value : values.entrySet()) {
      config =
          config.withValue(
              value.getKey(), ConfigValueFactory.fromAnyRef(value.getValue(), "VaeEstimator"));
    }
    return config;
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static void refuse(ConfigValue there, String key, String whose) {
    throw new SettingsException(
        "%s: %s has no place here: %s; leave it out".formatted(place(there), key, whose));
  }

  /** The text's line. */
  private static String place(ConfigValue value) {
    int line = value.origin().lineNumber();
    return line > 0 ? TEXT + ":" + line : TEXT;
  }

  private static Optional<ConfigValue> find(Config config, String key) {
    try {
      ConfigValue value = config.root();
      for (String part : ConfigUtil.splitPath(key)) {
        value = value instanceof ConfigObject object ? object.get(part) : null;
      }
      return Optional.ofNullable(value);
    } catch (ConfigException.NotResolved e) {
      return Optional.empty();
    }
  }
}
