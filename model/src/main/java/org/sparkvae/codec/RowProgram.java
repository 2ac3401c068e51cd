package org.sparkvae.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;

/**
 * A computation from so many rows to as many, each of them by itself, on buffers that are allocated
 * once. No noise is drawn.
 *
 * <p>Not thread-safe.
 */
final class RowProgram {
  private final Program program;
  private final int rows;
  private final MatrixRows given;
  private final MatrixRows found;

  private RowProgram(
      Recorder recorder, ImageModel model, INDArray parameters, Matrix from, Matrix to) {
    rows = to.rows();
    // What is given, too, which has memory even where no result depends on it.
    program = new Program(recorder, model.layout(), parameters, null, List.of(to, from));
    program.noise().toMedians();
    given = new MatrixRows(from);
    found = new MatrixRows(to);
  }

  /** From codes, [rows, code length], to E[x|z], [rows, values]. */
  static RowProgram decoding(ImageModel model, INDArray parameters, int rows) {
    Recorder recorder = new Recorder(rows, 1);
    Matrix codes = recorder.constant(rows, model.model().codeLength());
    Matrix means = model.model().given(recorder, codes, model.x()).mean();
    return new RowProgram(recorder, model, parameters, codes, means);
  }

  /**
   * From images, [rows, values], to codes, [rows, code length]. Where a variable's posterior
   * depends on draws of others, these are the median ones.
   */
  static RowProgram encoding(ImageModel model, INDArray parameters, int rows) {
    Recorder recorder = new Recorder(rows, 1);
    Batch batch = Batch.of(recorder, model.x());
    List<Matrix> means = new ArrayList<>();
    for (Latent z : model.model().on(recorder, batch).latents()) {
      means.add(0, z.posterior().mean());
    }
    Matrix codes = model.model().code(recorder, means);
    return new RowProgram(recorder, model, parameters, batch.images(), codes);
  }

  /**
   * From images, [rows, values], to log of the variance of each dimension of their codes, [rows,
   * code length], where that has a closed form that no draw matters to.
   */
  static Optional<RowProgram> logVariances(ImageModel model, INDArray parameters, int rows) {
    Recorder recorder = new Recorder(rows, 1);
    Batch batch = Batch.of(recorder, model.x());
    Latent first = model.model().on(recorder, batch).first();
    boolean isWholeCode = model.model().codeLength() == model.model().latent();
    return first
        .posterior()
        .logVariance()
        .filter(of -> isWholeCode && !recorder.isNoisy(of))
        .map(of -> new RowProgram(recorder, model, parameters, batch.images(), of));
  }

  /** How many rows it computes. */
  int rows() {
    return rows;
  }

  /**
   * Computes some rows; those that are not given are computed from zeros, and not returned, so that
   * every row's arithmetic is the same.
   *
   * @param rows at most {@link #rows}, [count][columns]
   * @return [count][columns], fresh arrays
   */
  float[][] of(List<float[]> rows) {
    given.set(program, rows);
    program.forward();
    return found.get(program, rows.size());
  }
}
