package org.sparkvae.posterior;

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
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** The density of draws that are given: its value, and its derivatives by all that it is of. */
class GivenDrawsTest {
  private static final int IMAGES = 2;
  private static final int SAMPLES = 3;
  private static final int LATENT = ModelCases.LATENT;

  static Stream<Posterior> posteriors() {
    return ModelCases.posteriors().stream().filter(kind -> !(kind instanceof Iaf));
  }

  /** A member of a family, and a draw. */
  private static final class Member {
    private final List<Matrix> variables = new ArrayList<>();
    private final Drawn drawn;
    private final Rows given;
    private final Program program;

    Member(Posterior posterior) {
      Recorder recorder = new Recorder(IMAGES, SAMPLES);
      Recorder shapes = new Recorder(IMAGES, SAMPLES);
      for (Matrix of : posterior.parameters(shapes, shapes.constant(IMAGES, 1), LATENT)) {
        variables.add(recorder.constant(IMAGES, of.columns()));
      }
      Samplable q = posterior.of(recorder, List.copyOf(variables), LATENT);
      Matrix draws = recorder.constant(IMAGES * SAMPLES, LATENT);
      variables.add(draws);
      drawn = q.draw();
      given = q.logDensityOf(draws).orElseThrow();
      INDArray none = Nd4j.create(DataType.DOUBLE, 0);
      program =
          Program.by(
              recorder,
              recorder.layout(),
              none,
              variables,
              List.of(drawn.value(), drawn.logDensity(), given));
      Random random = new Random(5);
      for (Matrix of : variables) {
        fill(of.value(), random);
      }
      fill(recorder.noise().get(0).value(), random);
      program.forward();
      draws.value().assign(drawn.value().value());
      program.forward();
    }

    private static void fill(INDArray array, Random random) {
      for (int i = 0; i < array.length(); i++) {
        array.putScalar(i, 0.7 * random.nextGaussian());
      }
    }

    double sum() {
      program.forward();
      return Arrays.stream(given.value()).sum();
    }
  }

  @ParameterizedTest
  @MethodSource("posteriors")
  void isThatOfTheDraw(Posterior posterior) {
    Member member = new Member(posterior);
    assertThat(member.given.value())
        .containsExactly(member.drawn.logDensity().value(), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("posteriors")
  void hasItsDerivativesByTheDrawAndTheParameters(Posterior posterior) {
    Member member = new Member(posterior);
    Arrays.fill(member.given.gradient(), 1);
    Arrays.fill(member.drawn.logDensity().gradient(), 0);
    member.program.backward();
    double h = 1e-6;
    for (Matrix of : member.variables) {
      double[] slopes = of.gradient().dup().data().asDouble();
      for (int i = 0; i < slopes.length; i++) {
        double centre = of.value().getDouble(i);
        of.value().putScalar(i, centre + h);
        double above = member.sum();
        of.value().putScalar(i, centre - h);
        double below = member.sum();
        of.value().putScalar(i, centre);
        assertThat(slopes[i]).isCloseTo((above - below) / (2 * h), within(2e-7 * scale(slopes)));
      }
    }
  }

  private static double scale(double[] slopes) {
    return Math.max(10, Arrays.stream(slopes).map(Math::abs).max().orElseThrow());
  }

  @Test
  void aBentLineIsUndoneWhereItIsNearlyLevelToo() {
    Random random = new Random(2);
    for (int i = 0; i < 2000; i++) {
      double s = 3 * random.nextGaussian();
      double r = i % 2 == 0 ? -0.999999 / s : Math.abs(random.nextGaussian()) * Math.signum(s);
      double t = random.nextGaussian();
      double x = 5 * random.nextGaussian();
      double value = x + r * Math.tanh(s * x + t);
      double found = BentLine.inverse(r, s, t, value);
      assertThat(found + r * Math.tanh(s * found + t))
          .isCloseTo(value, within(1e-13 * (1 + Math.abs(value) + Math.abs(r))));
    }
  }
}
