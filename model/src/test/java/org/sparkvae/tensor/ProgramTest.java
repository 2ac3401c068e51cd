package org.sparkvae.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

class ProgramTest {
  private static final int LATENT = 2;
  private static final int SAMPLES = 3;
  private static final Formula.Operand MEAN = image("mean");
  private static final Formula.Operand NOISE = value("noise");
  private static final Formula.Operand Z = value("z");

  /** A layer on an input, a draw around its output, and values of both. */
  private static final class Recorded {
    final Recorder recorder = new Recorder(1, SAMPLES);
    final Matrix x = recorder.constant(1, 4);
    final Matrix mean = recorder.at("posterior").dense(x, LATENT, Activation.IDENTITY);
    final Matrix noise = recorder.normal(LATENT);
    final Matrix z = recorder.map(MEAN.plus(NOISE), Map.of(MEAN, mean, NOISE, noise));
    final Rows ofMean = recorder.sumOverColumns(MEAN.squared(), Map.of(MEAN, mean));
    final Rows ofZ = recorder.sumOverColumns(Z.plus(1), Map.of(Z, z));

    Program program(Node... results) {
      ParameterLayout layout = recorder.layout();
      INDArray parameters = Nd4j.ones(DataType.FLOAT, layout.length());
      return new Program(recorder, layout, parameters, null, List.of(results));
    }
  }

  @Test
  void parametersLieInTheOrderOfRecording() {
    Recorder recorder = new Recorder(1, 1);
    recorder.at("b").vector("x", 3, new Start.Constant(1));
    recorder.at("a").at("c").weight("y", 2, 5);
    ParameterLayout layout = recorder.layout();
    assertThat(layout.blocks())
        .extracting(ParameterLayout.Block::name, ParameterLayout.Block::offset)
        .containsExactly(tuple("b.x", 0L), tuple("a.c.y", 3L));
    assertThat(layout.length()).isEqualTo(13);
  }

  @Test
  void aNameIsOneBlockWhoeverRecordsIt() {
    Recorder recorder = new Recorder(1, 1);
    Parameter first = recorder.at("a").weight("w", 2, 5);
    assertThat(recorder.at("a").weight("w", 2, 5)).isSameAs(first);
    assertThatThrownBy(() -> recorder.at("a").weight("w", 5, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a.w is recorded as [2, 5] and as [5, 2]");
  }

  @Test
  void whatNoResultNeedsHasNoMemory() {
    Recorded recorded = new Recorded();
    recorded.program(recorded.ofMean).forward();
    assertThat(recorded.ofMean.value()).hasSize(1);
    assertThat(recorded.z.value()).isNull();
    assertThat(recorded.noise.value()).isNull();
    assertThat(recorded.ofZ.value()).isNull();
  }

  @Test
  void whatNoNoiseReachesIsComputedOnce() {
    Recorded recorded = new Recorded();
    Program program = recorded.program(recorded.ofMean, recorded.ofZ);
    program.forwardNoiseFree();
    assertThat(recorded.ofMean.value()[0]).isGreaterThan(0);
    assertThat(recorded.ofZ.value()).containsOnly(0);
    recorded.mean.value().assign(0);
    double ofMean = recorded.ofMean.value()[0];
    program.forwardNoisy();
    assertThat(recorded.ofMean.value()[0]).isEqualTo(ofMean);
    assertThat(recorded.mean.value().toFloatVector()).containsOnly(0);
    assertThat(recorded.ofZ.value()).containsOnly(LATENT);
  }

  @Test
  void whatFollowsFromTheParametersIsComputedOnceForAllImages() {
    Recorder recorder = new Recorder(1, 1);
    Formula.Operand w = Formula.value("w");
    Formula.Operand x = Formula.value("x");
    Matrix image = recorder.constant(1, 2);
    Parameter weight = recorder.weight("w", 1, 2, new Start.Constant(0));
    Matrix doubled = recorder.map(w.times(2), Map.of(w, weight));
    Rows sum = recorder.sumOverColumns(w.times(x), Map.of(w, doubled, x, image));
    INDArray parameters = Nd4j.createFromArray(1f, 2f);
    Program program = new Program(recorder, recorder.layout(), parameters, null, List.of(sum));
    program.forwardOfParameters();
    parameters.assign(100);
    image.value().assign(1);
    program.forwardNoiseFree();
    assertThat(sum.value()).containsExactly(6);
    program.forward();
    assertThat(sum.value()).containsExactly(400);
  }

  @Test
  void aVectorOfAnotherLengthIsRefused() {
    Recorded recorded = new Recorded();
    ParameterLayout layout = recorded.recorder.layout();
    INDArray parameters = Nd4j.ones(DataType.FLOAT, layout.length() + 1);
    assertThatThrownBy(
            () -> new Program(recorded.recorder, layout, parameters, null, List.of(recorded.ofZ)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the model has 10 parameters, the vector 11");
  }
}
