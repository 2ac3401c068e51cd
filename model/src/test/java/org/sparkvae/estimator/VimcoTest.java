package org.sparkvae.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.posterior.Bernoulli;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;

class VimcoTest {
  private static final int SAMPLES = 3;

  /** Any mean of the other two would leave the gradient's mean as it is: not its variance. */
  @Test
  void aSamplesWeightIsReplacedByTheGeometricMeanOfTheOthers() {
    Recorder recorder = new Recorder(2, SAMPLES);
    Estimation estimation = new Vimco().on(recorder, new ImportanceWeighted(SAMPLES));
    Samplable q = new Bernoulli().of(recorder, List.of(recorder.constant(2, 1)), 1);
    estimation.from(recorder, q, () -> q);
    INDArray none = Nd4j.create(DataType.DOUBLE, 0);
    new Program(recorder, recorder.layout(), none, none, estimation.rows());
    // Of one image and another in turns.
    double[] weights = {1, 1, 4, 1, 9, 1};
    double[] logWeights = Arrays.stream(weights).map(Math::log).toArray();

    estimation.steer(1, 10, logWeights, new double[2 * SAMPLES]);

    double bound = Math.log((1 + 4 + 9) / 3.0);
    double[] expected = {
      10 * (bound - Math.log((6 + 4 + 9) / 3.0)),
      0,
      10 * (bound - Math.log((1 + 3 + 9) / 3.0)),
      0,
      10 * (bound - Math.log((1 + 4 + 2) / 3.0)),
      0
    };
    assertThat(estimation.rows()).hasSize(1);
    assertThat(estimation.rows().get(0).gradient()).containsExactly(expected, within(1e-12));
  }
}
