package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/** Several runs side by side. */
@ExtendWith(LocalSpark.class)
class RunsTest {
  private static final Bernoulli BITS = new Bernoulli();

  private static GivenSubject subject(
      Map<String, Archive.OtherRun> runs, Map<String, Archive.OtherModel> models) {
    Archive archive = new GivenArchive(List.of(), new double[0], new double[0], runs, models);
    return new GivenSubject(
        GivenSubject.linear(),
        new float[0][],
        new float[0][],
        new int[0],
        List.of(),
        List.of(),
        archive);
  }

  @Test
  void runsShowTheFirstSamplesOfTheirOwn() {
    Mlp linear = new Mlp(List.of(), Activation.TANH);
    ImageModel bits = new ImageModel(LinearGaussian.SPEC.x(), new Vae(2, linear, linear, BITS));
    ImageModel wide = new ImageModel(Shape.vector(9), new Vae(2, linear, linear, BITS));
    float[] ofBits = new float[(int) bits.parameters()];
    for (int i = 0; i < ofBits.length; i++) {
      ofBits[i] = (float) Math.sin(i);
    }
    Archive.OtherRun untold = new Archive.OtherRun(Map.of(), Map.of());
    Map<String, Archive.OtherRun> told =
        Map.of("x/bits", untold, "x/grey", untold, "x/wide", untold, "x/gone", untold);
    float[] ofGrey = LinearGaussian.parameters(0, 1);
    Map<String, Archive.OtherModel> models =
        Map.of(
            "x/bits", new Archive.OtherModel(bits, ofBits, 4),
            "x/grey", new Archive.OtherModel(LinearGaussian.SPEC, ofGrey, 5),
            "x/wide", new Archive.OtherModel(wide, new float[0], 6));
    Runs runs = new Runs(List.of("x/bits", "x/grey", "x/wide", "x/gone"), 3);

    List<Row> rows = GivenSubject.stored(runs, subject(told, models));

    List<Sheet.Strip> made = RunSamples.strips(rows.get(0));
    assertThat(made).extracting(Sheet.Strip::name).containsExactly("mean", "most probable", "draw");
    float[][] samples =
        new BlockCodec(bits, Nd4j.createFromArray(ofBits), 3)
            .sample(Noise.key(4, Noise.Purpose.PRIOR, 0, 0), 3);
    for (int i = 0; i < 3; i++) {
      float[] mean = made.get(0).images().get(i);
      assertThat(mean).containsExactly(samples[i], within(1e-6f));
      for (int d = 0; d < mean.length; d++) {
        assertThat(made.get(1).images().get(i)[d]).isEqualTo(mean[d] > 0.5f ? 1 : 0);
        assertThat(made.get(2).images().get(i)[d]).isIn(0f, 1f);
      }
    }
    assertThat(RunSamples.strips(rows.get(1)))
        .extracting(Sheet.Strip::name)
        .containsExactly("mean", "draw");
    assertThat(RunSamples.strips(rows.get(2))).isEmpty();
    assertThat(runs.lines(rows))
        .contains(
            "  bits: 6-z2-6, Bernoulli",
            "  wide: no samples: its images are of 1 x 9 x 1 values, and this run's of 1 x 6 x 1"
                + " values",
            "  gone: no samples: no checkpoint of x/gone");
    assertThat(runs.figures(rows).toString()).doesNotContain("samples");
  }

  private static Archive.OtherRun scored(String of, int images, Map<String, String> settings) {
    Map<String, Object> summary =
        Map.of("test_nll", 90.0, "log_likelihood_of", of, "test_images", images);
    return new Archive.OtherRun(settings, summary);
  }

  private static List<String> lines(Runs runs, Map<String, Archive.OtherRun> found) {
    return runs.lines(GivenSubject.stored(runs, subject(found, Map.of())));
  }

  @Test
  void likelihoodsOfOtherThingsAreSaidNotToCompare() {
    Map<String, Archive.OtherRun> found =
        Map.of(
            "x/a", scored("densities", 100, Map.of("data.binarisation", "none")),
            "x/b", scored("bits, dynamic binarisation", 30, Map.of("data.binarisation", "dynamic")),
            "x/c", scored("densities", 100, Map.of("data.binarisation", "none")),
            "x/untold", new Archive.OtherRun(Map.of(), Map.of("test_nll", 9.5)));
    Runs runs = new Runs(List.of("x/a", "x/b", "x/c", "x/untold"), 0);

    List<Row> rows = GivenSubject.stored(runs, subject(found, Map.of()));

    assertThat(rows)
        .extracting(row -> row.getAs("log_likelihood_of"))
        .containsExactly("densities", "bits, dynamic binarisation", "densities", null);
    assertThat(runs.lines(rows))
        .contains(
            "  log p(x) is of densities in a and c; bits, dynamic binarisation in b: these NLLs do"
                + " not compare",
            "  Test images are 100 in a and c; 30 in b: NLLs of other images do not compare",
            "  b: data.binarisation dynamic");
    assertThat(runs.figures(rows).get("x/b").toString())
        .contains("log_likelihood_of=bits", "images_differ=data.binarisation dynamic");
  }

  @Test
  void otherTestImagesAndEstimatesAreSaid() {
    Map<String, String> one =
        Map.of("data.test.path", "p", "evaluation.samples", "60", "evaluation.block", "1");
    Map<String, String> two =
        Map.of("data.test.path", "q", "evaluation.samples", "500", "evaluation.block", "2");
    Map<String, Archive.OtherRun> found =
        Map.of("a", scored("densities", 100, one), "b", scored("densities", 100, two));

    assertThat(lines(new Runs(List.of("a", "b"), 0), found))
        .contains(
            "  Settings of test images differ: these NLLs may be of other images",
            "  log p(x) is not estimated alike: NLLs differ by that, too",
            "  a: data.test.path p, evaluation.samples 60",
            "  b: data.test.path q, evaluation.samples 500");
    assertThat(lines(new Runs(List.of("a", "a"), 0), found))
        .noneMatch(line -> line.contains("compare") || line.contains("alike"));
  }

  @Test
  void barsAreNamedAsOnTheConsole() {
    Map<String, Object> seven = Map.of("active_units", 7);
    Map<String, Archive.OtherRun> found =
        Map.of(
            "x/a", new Archive.OtherRun(Map.of("model.latent", "10"), seven),
            "y/b", new Archive.OtherRun(Map.of("model.latent", "20"), seven));
    Runs runs = new Runs(List.of("x/a", "y/b"), 0);
    DrawnSheet sheet = new DrawnSheet();

    runs.draw(GivenSubject.stored(runs, subject(found, Map.of())), sheet);

    assertThat(sheet.charts().get(0).bars())
        .containsExactly(new Sheet.Bar("a", 7), new Sheet.Bar("b", 7));
  }

  @Test
  void settingsWithoutEffectDoNotDiffer() {
    Map<String, String> grey =
        Map.of(
            "data.binarisation",
            "none",
            "data.threshold",
            "0.3",
            "data.resize.mode",
            "none",
            "data.resize.width",
            "9");
    Map<String, String> other =
        Map.of(
            "data.binarisation",
            "none",
            "data.threshold",
            "0.5",
            "data.resize.mode",
            "none",
            "data.resize.width",
            "0");
    Map<String, String> bits = Map.of("data.binarisation", "threshold", "data.threshold", "0.5");
    Map<String, Archive.OtherRun> found =
        Map.of(
            "grey", scored("densities", 9, grey),
            "other", scored("densities", 9, other),
            "bits", scored("bits, threshold binarisation", 9, bits));

    assertThat(lines(new Runs(List.of("grey", "other"), 0), found))
        .noneMatch(line -> line.contains("data."));
    assertThat(lines(new Runs(List.of("grey", "bits"), 0), found))
        .contains("  bits: data.binarisation threshold, data.threshold 0.5");
  }

  @Test
  void runsAreToldByWhatTheyDifferIn() {
    Map<String, String> one = Map.of("model.latent", "10", "seed", "1", "data.shards", "2");
    Map<String, String> two = Map.of("model.latent", "20", "seed", "1", "data.shards", "3");
    Map<String, Archive.OtherRun> found =
        Map.of(
            "a", new Archive.OtherRun(one, Map.of("active_units", 7, "test_nll", 97.5)),
            "b", new Archive.OtherRun(two, Map.of("active_units", 9, "latent_units", 20)));
    GivenSubject subject = subject(found, Map.of());
    Runs runs = new Runs(List.of("b", "a"), 0);

    List<Row> rows = GivenSubject.stored(runs, subject);

    assertThat(rows)
        .extracting(row -> row.getAs("differs"))
        .containsExactly("latent 20", "latent 10");
    assertThat(rows).extracting(row -> row.getAs("active_units")).containsExactly(9L, 7L);
    assertThat(rows.get(0).<Double>getAs("test_nll")).isNull();
    assertThat(runs.lines(rows).stream().map(line -> line.trim().replaceAll(" +", " ")))
        .containsExactly(
            "Runs: 2 side by side, nats per image",
            "NLL error log p(x) of reliable KL active parameters trained images/s",
            "b - - - - - 9 of 20 - -",
            "a 97.50 bound - - - 7 of - - -",
            "b: latent 20",
            "a: latent 10");
    assertThatThrownBy(() -> new Runs(List.of("a", "c"), 0).dependsOn(subject.archive()))
        .hasMessageContaining("analyse.runs.directories holds c, which has no config.conf");
    assertThat(new Runs(List.of("a", "c"), 0).lacks(subject.archive())).isPresent();
    assertThat(new Runs(List.of("a", "own"), 0).lacks(subject.archive())).isEmpty();
    assertThat(Arrays.asList(runs.columns().fieldNames())).contains("alpha", "posterior");
  }
}
