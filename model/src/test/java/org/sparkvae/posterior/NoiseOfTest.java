package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;

/** The noise that a draw is made of, from the draw. */
class NoiseOfTest {
  private static final int IMAGES = 3;
  private static final int SAMPLES = 2;
  private static final int LATENT = 4;

  static Stream<Posterior> posteriors() {
    return Stream.of(new DiagonalGaussian(), new Chain(), new Grid(2, 2), new FullCovariance());
  }

  @ParameterizedTest
  @MethodSource("posteriors")
  void isTheNoise(Posterior posterior) {
    Recorder shapes = new Recorder(IMAGES, SAMPLES);
    List<Matrix> parameters = new ArrayList<>();
    Recorder recorder = new Recorder(IMAGES, SAMPLES);
    for (Matrix of : posterior.parameters(shapes, shapes.constant(IMAGES, 1), LATENT)) {
      parameters.add(recorder.constant(IMAGES, of.columns()));
    }
    Samplable q = posterior.of(recorder, parameters, LATENT);
    Matrix z = q.draw().value();
    Matrix noise = q.noiseOf(z).orElseThrow();
    Program program =
        new Program(
            recorder, recorder.layout(), Nd4j.create(DataType.DOUBLE, 0), null, List.of(z, noise));
    Random random = new Random(3);
    for (Matrix of : parameters) {
      for (int i = 0; i < of.value().length(); i++) {
        of.value().putScalar(i, random.nextGaussian());
      }
    }
    Matrix drawn = recorder.noise().get(0);
    for (int i = 0; i < drawn.value().length(); i++) {
      drawn.value().putScalar(i, random.nextGaussian());
    }
    program.forward();
    assertThat(noise.value().data().asDouble())
        .containsExactly(drawn.value().data().asDouble(), within(1e-9));
  }
}
