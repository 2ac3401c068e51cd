package org.sparkvae.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/**
 * A map of draws that is a loop, whose second result is its log-volume.
 *
 * @param parameters of the map, each [images, n]
 * @param body a new loop, from the parameters and last the draws
 */
record LoopMap(Recorder recorder, List<Matrix> parameters, Supplier<Invertible> body)
    implements Mapped.Step {
  @Override
  public Mapped.Moved of(Matrix z) {
    HostLoop.Results moved = HostLoop.both(recorder, inputs(z), z.rows(), z.columns(), body.get());
    return new Mapped.Moved(moved.matrix(), moved.rows());
  }

  @Override
  public Optional<Matrix> undone(Matrix moved) {
    return Optional.of(
        HostLoop.of(
            recorder, inputs(moved), moved.rows(), moved.columns(), new Undone(body.get())));
  }

  private List<Matrix> inputs(Matrix z) {
    List<Matrix> inputs = new ArrayList<>(parameters);
    inputs.add(z);
    return inputs;
  }

  /**
   * The inverse of a loop, z = f^-1(y; p): dz/dy is the inverse of the Jacobian J of f at z, and
   * dz/dp is -J^-1 df/dp.
   */
  private static final class Undone implements TeamLoop {
    private final Invertible map;

    /** The inputs of the map: the parameters, and what was found. */
    private double[][] given;

    private double[] moved;
    private double[] volume;
    private double[] noDerivative;
    private double[] ofGiven;

    Undone(Invertible map) {
      this.map = map;
    }

    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      if (given == null) {
        given = in.clone();
        given[in.length - 1] = new double[out.length];
        moved = new double[out.length];
        volume = new double[rows.length];
        noDerivative = new double[rows.length];
        ofGiven = new double[out.length];
      }
      double[] z = given[in.length - 1];
      System.arraycopy(in[in.length - 1], 0, z, 0, z.length);
      map.undo(given, z);
      map.forward(given, moved, volume);
      System.arraycopy(z, 0, out, 0, z.length);
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      map.transport(given, byOut);
      System.arraycopy(byOut, 0, byIn[in.length - 1], 0, byOut.length);
      for (int i = 0; i < byOut.length; i++) {
        byOut[i] = -byOut[i];
      }
      double[][] byGiven = byIn.clone();
      Arrays.fill(ofGiven, 0);
      byGiven[in.length - 1] = ofGiven;
      map.backward(given, moved, byOut, noDerivative, byGiven);
    }

    @Override
    public LoopKernels kernels() {
      return map.undoing();
    }

    @Override
    public int images() {
      return map.images();
    }

    @Override
    public Optional<double[]> kept(int rows) {
      return map.kept(rows);
    }
  }
}
