package org.sparkvae.job.report.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final TrainingResult TRAINING =
      new TrainingResult(60_000, 20, 2, new Speed(44_120.5, 27.25));
  private static final EvaluationResult EVALUATION =
      new EvaluationResult(
          1_000,
          new EvaluationResult.Estimate(94.125, 0.75),
          Optional.of(
              new EvaluationResult.Sampling(
                  100,
                  1_000,
                  new TreeMap<>(Map.of(100, -94.125, 1, -100.5, 10, -96.0)),
                  Optional.of("evaluation.proposal.type = refined"))),
          new EvaluationResult.ActiveUnits(24, 50),
          new Speed(62.5, 16));
  private static final Results RESULTS =
      new Results(TRAINING, Optional.of(EVALUATION), 7, "runs/mnist");

  @Test
  void theKeysComeInTheirOrderAndTheExtrasAfterThem() throws IOException {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("zeta", 1);
    extra.put("alpha", List.of("a", "b"));
    JsonNode json = parse(new Summary(RESULTS, Versions.found(), extra));

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "test_nll",
            "test_nll_standard_error",
            "active_units",
            "training_images_per_second",
            "evaluation_images_per_second",
            "training_images",
            "test_images",
            "samples",
            "epochs",
            "shards",
            "seed",
            "versions",
            "test_bound_by_samples",
            "latent_units",
            "training_seconds",
            "evaluation_seconds",
            "annealed_chains",
            "annealed_temperatures",
            "bidirectional_images",
            "bidirectional_lower",
            "bidirectional_upper",
            "bidirectional_gap",
            "bidirectional_gap_standard_error",
            "zeta",
            "alpha");
  }

  @Test
  void theValuesReadBackAsTheyWere() throws IOException {
    JsonNode json = parse(new Summary(RESULTS, Map.of("spark", "3"), Map.of("kl", 25.5)));

    assertThat(json.get("test_nll").doubleValue()).isEqualTo(94.125);
    assertThat(json.get("test_nll_standard_error").doubleValue()).isEqualTo(0.75);
    assertThat(json.get("active_units").intValue()).isEqualTo(24);
    assertThat(json.get("training_images_per_second").doubleValue()).isEqualTo(44_120.5);
    assertThat(json.get("evaluation_images_per_second").doubleValue()).isEqualTo(62.5);
    assertThat(json.get("training_images").longValue()).isEqualTo(60_000);
    assertThat(json.get("test_images").longValue()).isEqualTo(1_000);
    assertThat(json.get("samples").intValue()).isEqualTo(100);
    assertThat(json.get("epochs").intValue()).isEqualTo(20);
    assertThat(json.get("shards").intValue()).isEqualTo(2);
    assertThat(json.get("seed").longValue()).isEqualTo(7);
    assertThat(json.get("versions").get("spark").textValue()).isEqualTo("3");
    assertThat(json.get("test_bound_by_samples").toString())
        .isEqualTo("{\"1\":-100.5,\"10\":-96.0,\"100\":-94.125}");
    assertThat(json.get("latent_units").intValue()).isEqualTo(50);
    assertThat(json.get("training_seconds").doubleValue()).isEqualTo(27.25);
    assertThat(json.get("evaluation_seconds").doubleValue()).isEqualTo(16);
    assertThat(json.get("kl").doubleValue()).isEqualTo(25.5);
  }

  @Test
  void whatIsNotKnownIsNullWithItsKey() throws IOException {
    TrainingResult unknown =
        new TrainingResult(10, 0, 1, new Speed(Double.NaN, Double.POSITIVE_INFINITY));
    Results results = new Results(unknown, Optional.empty(), 1, "d");
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("deep", Map.of("list", Arrays.asList(1.5, Double.NaN, Float.NaN, null)));
    JsonNode json = parse(new Summary(results, Map.of(), extra));

    for (String key :
        List.of(
            "test_nll",
            "test_nll_standard_error",
            "active_units",
            "training_images_per_second",
            "evaluation_images_per_second",
            "test_images",
            "samples",
            "training_seconds")) {
      assertThat(json.has(key)).as(key).isTrue();
      assertThat(json.get(key).isNull()).as(key).isTrue();
    }
    assertThat(json.get("deep").toString()).isEqualTo("{\"list\":[1.5,null,null,null]}");
  }

  @Test
  void aKeyIsIndentedOnALineOfItsOwn() {
    assertThat(new Summary(RESULTS, Map.of("spark", "3"), Map.of()).json())
        .startsWith("{\n  \"test_nll\" : 94.125,\n")
        .contains("  \"versions\" : {\n    \"spark\" : \"3\"\n  },\n")
        .endsWith("\n}\n");
  }

  @Test
  void anExtraCannotHideAKeyOfTheSummary() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Summary(RESULTS, Map.of(), Map.of("test_nll", 0)))
        .withMessage("the summary has a key test_nll already");
  }

  @Test
  void versionsAreThoseOfTheJarsThatRun() {
    Map<String, String> versions = Versions.found();

    assertThat(versions.keySet())
        .containsExactly("spark_vae", "spark", "scala", "hadoop", "dl4j", "nd4j", "java");
    assertThat(versions.get("spark")).isEqualTo(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    assertThat(versions.get("scala")).startsWith("2.12.");
    assertThat(versions.get("hadoop")).startsWith("3.");
    assertThat(versions.get("dl4j")).startsWith("1.0.0-M2");
    assertThat(versions.get("nd4j")).startsWith("1.0.0-M2");
    assertThat(versions.get("java")).startsWith(System.getProperty("java.specification.version"));
  }

  private static JsonNode parse(Summary summary) throws IOException {
    return new ObjectMapper().readTree(summary.json());
  }
}
