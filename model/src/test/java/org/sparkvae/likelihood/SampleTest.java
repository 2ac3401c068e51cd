package org.sparkvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.vae.ImageModel;

/** Draws of every likelihood, held to its density and its mean. */
class SampleTest {
  private static final int DRAWS = 40_000;

  static Stream<ImageModel> models() {
    return ModelCases.specs().stream().limit(ModelCases.likelihoods().size() * 5L);
  }

  /** Under x ~ p(x|z), the mean of p(x|z') / p(x|z) is 1. */
  @ParameterizedTest
  @MethodSource("models")
  void haveTheDensity(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 7);
    float[] z = {0.4f, -0.3f, 0.2f};
    float[] beside = {0.45f, -0.33f, 0.16f};
    Recorder recorder = new Recorder(1, DRAWS);
    Matrix codes = recorder.constant(DRAWS, ModelCases.LATENT);
    Distribution given = model.model().given(recorder, codes, model.x());
    Matrix x = given.sample();
    Matrix mean = given.mean();
    Program program = new Program(recorder, model.layout(), parameters, null, List.of(x, mean));
    program.kernels().copyIn(repeated(z), codes.value());
    program.noise().draw(ModelCases.key(2, 0), 0);
    program.noise().send();
    program.forward();
    float[] draws = x.value().data().asFloat();

    double[] own = density(model, parameters, draws, z);
    double[] other = density(model, parameters, draws, beside);
    double[] ratios = new double[DRAWS];
    Arrays.setAll(ratios, i -> Math.exp(other[i] - own[i]));
    double error = assertMean(ratios, 1);
    assertThat(error).isGreaterThan(0);
    for (int d = 0; d < ModelCases.PIXELS; d++) {
      double[] column = new double[DRAWS];
      for (int i = 0; i < DRAWS; i++) {
        column[i] = draws[i * ModelCases.PIXELS + d];
      }
      assertMean(column, mean.value().getDouble(0, d));
    }
  }

  private static double assertMean(double[] values, double expected) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares) / values.length;
    assertThat(mean).isCloseTo(expected, within(4.5 * error + 1e-6));
    return error;
  }

  private static double[] density(ImageModel model, INDArray parameters, float[] draws, float[] z) {
    Recorder recorder = new Recorder(DRAWS, 1);
    Matrix codes = recorder.constant(DRAWS, ModelCases.LATENT);
    Matrix x = recorder.constant(DRAWS, ModelCases.PIXELS);
    Rows rows = model.model().given(recorder, codes, model.x()).logDensity(x);
    Program program = new Program(recorder, model.layout(), parameters, null, List.of(rows));
    program.kernels().copyIn(repeated(z), codes.value());
    program.kernels().copyIn(draws, x.value());
    program.forward();
    return rows.value();
  }

  private static float[] repeated(float[] z) {
    float[] rows = new float[DRAWS * z.length];
    for (int at = 0; at < rows.length; at += z.length) {
      System.arraycopy(z, 0, rows, at, z.length);
    }
    return rows;
  }
}
