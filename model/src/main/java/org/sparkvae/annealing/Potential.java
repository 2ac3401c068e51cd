package org.sparkvae.annealing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** A sum of recorded rows as a function of matrices of noise, with its derivative, in nats. */
final class Potential {
  private final Program program;
  private final SideBySide at;
  private final List<Rows> added;
  private final List<Rows> subtracted;

  /**
   * Gives a recording its memory; what follows from the parameters alone is computed.
   *
   * @param layout of the model's parameters
   * @param parameters the flat vector, which stays as it is
   * @param at the matrices that derivatives are by, noise of the recording, at least one
   */
  Potential(
      Recorder recorder,
      ParameterLayout layout,
      INDArray parameters,
      List<Matrix> at,
      List<Rows> added,
      List<Rows> subtracted) {
    this.at = new SideBySide(at);
    this.added = added;
    this.subtracted = subtracted;
    List<Rows> results = Stream.concat(added.stream(), subtracted.stream()).toList();
    program = Program.by(recorder, layout, parameters, at, results);
    program.forwardOfParameters();
  }

  /** Sets a constant of the recording. */
  void set(Matrix constant, float[] values) {
    program.kernels().copyIn(values, constant.value());
  }

  /** Computes what does not depend on the noise, once the constants are set. */
  void prepare() {
    program.forwardNoiseFree();
  }

  /**
   * Computes the value of every row, and its derivative.
   *
   * @param state the matrices side by side, [rows, n]
   * @param values set, [rows]
   * @param slopes set, [rows, n]
   */
  void evaluate(float[] state, double[] values, float[] slopes) {
    at.set(program, state);
    program.forwardNoisy();
    Arrays.fill(values, 0);
    for (Rows rows : added) {
      for (int r = 0; r < values.length; r++) {
        values[r] += rows.value()[r];
      }
      Arrays.fill(rows.gradient(), 1);
    }
    for (Rows rows : subtracted) {
      for (int r = 0; r < values.length; r++) {
        values[r] -= rows.value()[r];
      }
      Arrays.fill(rows.gradient(), -1);
    }
    program.backward();
    at.gradients(program, slopes);
  }
}
