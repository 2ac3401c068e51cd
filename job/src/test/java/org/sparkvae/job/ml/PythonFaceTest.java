package org.sparkvae.job.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.Python;

/**
 * {@code sparkvae.py} out of a jar, over a stand-in for PySpark: what it asks of Java. PySpark
 * itself was not at hand.
 */
class PythonFaceTest {
  private static final Path STAND_IN =
      Path.of("src", "test", "resources", "pyspark-stand-in").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static JsonNode shown;

  @BeforeAll
  static void show() throws Exception {
    assumeThat(Python.isThere()).as("python3 on the PATH").isTrue();
    Path jar = folder.resolve("job.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("sparkvae.py"));
      zip.write(PythonFaceTest.class.getResourceAsStream("/sparkvae.py").readAllBytes());
    }
    shown = Python.show(STAND_IN.resolve("show.py"), List.of(STAND_IN, jar), folder);
  }

  @Test
  void declaresTheParamsOfTheJavaClasses() {
    assertThat(shown.get("VaeEstimator")).isEqualTo(declared(new VaeEstimator()));
    assertThat(shown.get("VaeModel")).isEqualTo(declared(new VaeModel("model", null)));
    assertThat(shown.get("LogLikelihoodEvaluator"))
        .isEqualTo(declared(new LogLikelihoodEvaluator()));
  }

  @Test
  void constructorAndSetParamsNameThemAll() {
    Map<String, JsonNode> defaults = new TreeMap<>();
    shown
        .get("VaeEstimator")
        .fields()
        .forEachRemaining(param -> defaults.put(param.getKey(), param.getValue().get("default")));
    assertThat(shown.get("constructor")).isEqualTo(JSON.valueToTree(defaults));
    assertThat(shown.get("setParams")).isEqualTo(JSON.valueToTree(defaults));
  }

  @Test
  void fitsAndTransformsByJava() throws IOException {
    JsonNode given =
        JSON.readTree(
            """
            {"latentDim": 3, "hidden": [8, 4], "seed": 5, "settings": "model.prior = vampprior",
             "epochs": 2, "samples": 0, "learningRate": 0.01}
            """);
    JsonNode estimator = shown.get("estimator");
    assertThat(estimator.get("class").textValue()).isEqualTo(VaeEstimator.class.getName());
    assertThat(estimator.get("params")).isEqualTo(given);
    JsonNode model = shown.get("model");
    assertThat(model.get("class").textValue()).isEqualTo(VaeModel.class.getName());
    assertThat(model.at("/params/reconstructionCol").textValue()).isEqualTo("image");
    assertThat(shown.get("model_uid").get(0)).isEqualTo(shown.get("model_uid").get(1));
    assertThat(shown.get("transformed").textValue())
        .isEqualTo(VaeModel.class.getName() + " of others");
    assertThat(shown.get("calls"))
        .isEqualTo(
            JSON.readTree(
                "[[\"fit\", \"images\"], [\"transform\", \"others\"], [\"evaluate\", \"scored\"]]"));
    assertThat(shown.get("mean").doubleValue()).isEqualTo(-1.5);
    assertThat(shown.get("larger").booleanValue()).isTrue();
  }

  @Test
  void readsWhatIsStoredAsTheClassesOfTheModule() {
    List<String> loaded = new ArrayList<>();
    shown
        .get("loaded")
        .forEach(one -> loaded.add(one.get(0).textValue() + " " + one.get(2).toString()));
    assertThat(loaded)
        .containsExactly(
            "VaeEstimator 3",
            "VaeModel \"image\"",
            "LogLikelihoodEvaluator \"bound\"",
            "VaeModel [8,4]",
            "VaeModel 7");
    assertThat(shown.at("/loaded/4/1").textValue()).isEqualTo("of hdfs:///runs/mnist");
  }

  @Test
  void hasGettersAndSettersAndRefusesOtherNames() throws IOException {
    assertThat(shown.get("getters")).isEqualTo(JSON.readTree("[2, [8, 4], 3, \"bound\"]"));
    assertThat(shown.get("model_sets")).isEqualTo(JSON.readTree("[true, false]"));
    assertThat(shown.at("/refused/0").textValue()).contains("only takes keyword arguments");
    assertThat(shown.at("/refused/1").textValue()).contains("'latentDims'");
    assertThat(shown.at("/refused/2").textValue()).contains("Could not convert many");
    assertThat(shown.at("/refused/3").textValue()).contains("positional argument");
    assertThat(shown.at("/refused/4").textValue()).contains("'latentDims'");
  }

  private static JsonNode declared(Params of) {
    Map<String, Map<String, Object>> params = new TreeMap<>();
    for (Param<?> param : of.params()) {
      params.put(param.name(), Map.of("doc", param.doc(), "default", of.getDefault(param).get()));
    }
    try {
      // As text and back: numbers compare by their types otherwise.
      return JSON.readTree(JSON.writeValueAsString(params));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
