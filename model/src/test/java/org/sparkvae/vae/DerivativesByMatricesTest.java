package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * Derivatives of log w by the parameters of the posterior, by noise and by codes, the model's own
 * parameters being fixed: against central differences in float64, and float32 against float64.
 */
class DerivativesByMatricesTest {
  private static final int IMAGES = 2;
  private static final int SAMPLES = 3;

  static Stream<ImageModel> specs() {
    return ModelCases.specs().stream();
  }

  /** A program of a sum of weighted rows, and the matrices that derivatives are by. */
  private record Case(Program program, List<Matrix> variables, List<Rows> rows) {
    static Case ofPosteriorAndNoise(ImageModel model, DataType type) {
      Recorder shapes = new Recorder(IMAGES, SAMPLES);
      List<Matrix> encoded = model.model().posterior(shapes, Batch.of(shapes, model.x()));
      Recorder recorder = new Recorder(IMAGES, SAMPLES);
      List<Matrix> posterior =
          encoded.stream().map(of -> recorder.constant(IMAGES, of.columns())).toList();
      Batch batch = Batch.of(recorder, model.x());
      Terms terms = model.model().on(recorder, batch, posterior);
      List<Matrix> variables = new ArrayList<>(posterior);
      variables.addAll(recorder.noise());
      INDArray parameters = ModelCases.parameters(model, type, 11);
      Program program =
          Program.by(recorder, model.layout(), parameters, variables, terms.ofASample());
      fill(program, batch.images(), 3, true);
      return new Case(program, variables, terms.ofASample()).filled();
    }

    static Case ofCodes(ImageModel model, DataType type) {
      Recorder recorder = new Recorder(IMAGES, SAMPLES);
      Matrix z = recorder.constant(IMAGES * SAMPLES, model.model().codeLength());
      Batch batch = Batch.of(recorder, model.x());
      List<Rows> rows = new ArrayList<>();
      model.model().prior(recorder, model.x()).ifPresent(prior -> rows.add(prior.logDensity(z)));
      rows.add(model.model().given(recorder, z, model.x()).logDensity(batch.images()));
      INDArray parameters = ModelCases.parameters(model, type, 11);
      Program program = Program.by(recorder, model.layout(), parameters, List.of(z), rows);
      fill(program, batch.images(), 3, true);
      return new Case(program, List.of(z), rows).filled();
    }

    private Case filled() {
      for (int i = 0; i < variables.size(); i++) {
        fill(program, variables.get(i), 20 + i, false);
      }
      return this;
    }

    private static void fill(Program program, Matrix matrix, long seed, boolean bits) {
      Random random = new Random(seed);
      for (int r = 0; r < matrix.rows(); r++) {
        for (int c = 0; c < matrix.columns(); c++) {
          double value = bits ? random.nextInt(2) : (float) random.nextGaussian();
          matrix.value().putScalar(r, c, value);
        }
      }
    }

    double value() {
      program.forward();
      double sum = 0;
      for (int i = 0; i < rows.size(); i++) {
        double[] value = rows.get(i).value();
        for (int r = 0; r < value.length; r++) {
          sum += weight(i, r) * value[r];
        }
      }
      return sum;
    }

    /** Another for each row, so that no row stands for another. */
    private static double weight(int i, int r) {
      return 1 + 0.1 * r - 0.3 * i;
    }

    List<double[]> gradients() {
      value();
      for (int i = 0; i < rows.size(); i++) {
        double[] gradient = rows.get(i).gradient();
        for (int r = 0; r < gradient.length; r++) {
          gradient[r] = weight(i, r);
        }
      }
      program.backward();
      return variables.stream().map(v -> v.gradient().dup().data().asDouble()).toList();
    }
  }

  static Stream<Case> cases(DataType type) {
    return ModelCases.specs().stream()
        .flatMap(spec -> Stream.of(Case.ofPosteriorAndNoise(spec, type), Case.ofCodes(spec, type)));
  }

  static Stream<Case> wide() {
    return cases(DataType.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("wide")
  void equalCentralDifferences(Case tried) {
    List<double[]> gradients = tried.gradients();
    double h = 1e-6;
    for (int i = 0; i < gradients.size(); i++) {
      INDArray value = tried.variables().get(i).value();
      for (int place = 0; place < gradients.get(i).length; place++) {
        double centre = value.getDouble(place);
        value.putScalar(place, centre + h);
        double above = tried.value();
        value.putScalar(place, centre - h);
        double below = tried.value();
        value.putScalar(place, centre);
        double slope = (above - below) / (2 * h);
        assertThat(gradients.get(i)[place])
            .as("matrix %d at %d", i, place)
            .isCloseTo(slope, within(2e-5 * Math.max(1, Math.abs(slope))));
      }
    }
  }

  @Test
  void float32AgreesWithFloat64() {
    List<Case> wide = wide().toList();
    List<Case> narrow = cases(DataType.FLOAT).toList();
    for (int i = 0; i < wide.size(); i++) {
      List<double[]> expected = wide.get(i).gradients();
      // Twice: what the first pass left must not reach the second.
      narrow.get(i).gradients();
      List<double[]> found = narrow.get(i).gradients();
      for (int m = 0; m < expected.size(); m++) {
        double scale = Arrays.stream(expected.get(m)).map(Math::abs).max().orElse(0);
        assertThat(found.get(m)).containsExactly(expected.get(m), within(1e-4 * (1 + scale)));
      }
    }
  }

  /** What is set from outside gives the terms that the encoder's own give. */
  @ParameterizedTest
  @MethodSource("specs")
  void theEncodersParametersGiveTheTermsOfTheModel(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 11);
    Recorder whole = new Recorder(IMAGES, SAMPLES);
    Batch batch = Batch.of(whole, model.x());
    List<Matrix> encoded = model.model().posterior(whole, batch);
    Terms terms = model.model().on(whole, batch, encoded);
    List<Node> results = new ArrayList<>(terms.ofASample());
    results.addAll(encoded);
    Program one = new Program(whole, model.layout(), parameters, null, results);
    Case.fill(one, batch.images(), 3, true);
    draw(one);
    one.forward();

    Recorder recorder = new Recorder(IMAGES, SAMPLES);
    List<Matrix> posterior =
        encoded.stream().map(of -> recorder.constant(IMAGES, of.columns())).toList();
    Batch same = Batch.of(recorder, model.x());
    Terms given = model.model().on(recorder, same, posterior);
    Program other = new Program(recorder, model.layout(), parameters, null, given.ofASample());
    Case.fill(other, same.images(), 3, true);
    for (int i = 0; i < posterior.size(); i++) {
      posterior.get(i).value().assign(encoded.get(i).value());
    }
    draw(other);
    other.forward();
    for (int i = 0; i < terms.ofASample().size(); i++) {
      assertThat(given.ofASample().get(i).value()).isEqualTo(terms.ofASample().get(i).value());
    }
  }

  private static void draw(Program program) {
    for (int i = 0; i < IMAGES; i++) {
      program.noise().draw(ModelCases.key(5, i), i);
    }
    program.noise().send();
  }
}
