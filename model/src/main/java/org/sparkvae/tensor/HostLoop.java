package org.sparkvae.tensor;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * A loop over rows in float64 on the host, as an operation on matrices of either type: for
 * recursions along the latent dimension, whose few operations a value are not worth a call for each
 * column.
 *
 * <p>A loop may have two results: a matrix, and a value for each of its rows.
 */
public final class HostLoop implements Operation {
  /** The loop. All matrices are row by row, as they lie in memory. */
  public interface Body {
    /**
     * Computes the results.
     *
     * @param in the inputs
     * @param out to set
     * @param rows to set, a value for each row of out
     */
    void forward(double[][] in, double[] out, double[] rows);

    /**
     * Adds to the derivatives of the loss by the inputs.
     *
     * @param in the inputs
     * @param out as forward has set it
     * @param byOut the derivative by out; the body may overwrite it
     * @param byRows the derivative by the values of rows
     * @param byIn zeros at first
     */
    void backward(double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn);
  }

  /** A loop that has another form, for arrays that lie on a device. */
  public interface ByKernels extends Body {
    /** Computes the result by kernels, where these are of a device; whether they are. */
    boolean forward(Kernels kernels, List<Matrix> in, Matrix out);

    /** Adds to the derivatives by the inputs likewise; some input has a gradient. */
    boolean backward(Kernels kernels, List<Matrix> in, Matrix out);
  }

  /**
   * The results of a loop.
   *
   * @param matrix [rows, columns]
   * @param rows [rows]
   */
  public record Results(Matrix matrix, Rows rows) {}

  private final List<Matrix> inputs;
  private final Body body;
  private final Matrix result;
  private final Rows rows;
  private double[][] in;
  private double[][] byIn;
  private double[] out;
  private double[] byOut;
  private double[] ofRows;
  private double[] byRows;
  private float[] narrow;

  private HostLoop(List<Matrix> inputs, Body body, Matrix result, Rows rows) {
    this.inputs = List.copyOf(inputs);
    this.body = body;
    this.result = result;
    this.rows = rows;
  }

  /** Records a loop, [rows, columns]. */
  public static Matrix of(
      Recorder recorder, List<Matrix> inputs, int rows, int columns, Body body) {
    return both(recorder, inputs, rows, columns, body).matrix();
  }

  /** Records a loop of both results. */
  public static Results both(
      Recorder recorder, List<Matrix> inputs, int rows, int columns, Body body) {
    Matrix result = recorder.variable(rows, columns);
    HostLoop loop = new HostLoop(inputs, body, result, recorder.rows(rows));
    recorder.then(loop, result);
    return new Results(result, recorder.then(new OfRows(loop), loop.rows));
  }

  @Override
  public List<Node> inputs() {
    return List.copyOf(inputs);
  }

  @Override
  public boolean hasParameters() {
    return false;
  }

  @Override
  public boolean isByKernels() {
    return body instanceof ByKernels;
  }

  @Override
  public void bind() {
    in = inputs.stream().map(HostLoop::array).toArray(double[][]::new);
    out = array(result);
    ofRows = new double[result.rows()];
    int largest = Math.max(out.length, Arrays.stream(in).mapToInt(a -> a.length).max().orElse(0));
    narrow = new float[largest];
    if (result.gradient() != null) {
      byIn = inputs.stream().map(HostLoop::array).toArray(double[][]::new);
      byOut = array(result);
      byRows = new double[result.rows()];
    }
  }

  private static double[] array(Matrix matrix) {
    return new double[Math.multiplyExact(matrix.rows(), matrix.columns())];
  }

  @Override
  public void forward(Kernels kernels) {
    if (body instanceof ByKernels here && here.forward(kernels, inputs, result)) {
      return;
    }
    for (int i = 0; i < in.length; i++) {
      read(kernels, inputs.get(i).value(), in[i]);
    }
    body.forward(in, out, ofRows);
    write(kernels, out, 0, result.value());
  }

  @Override
  public void backward(Kernels kernels) {
    if (inputs.stream().allMatch(input -> input.gradient() == null)) {
      return;
    }
    if (body instanceof ByKernels here && here.backward(kernels, inputs, result)) {
      return;
    }
    read(kernels, result.gradient(), byOut);
    // Where nobody asks for the rows, they have no memory.
    if (rows.gradient() != null) {
      System.arraycopy(rows.gradient(), 0, byRows, 0, byRows.length);
    }
    for (double[] derivatives : byIn) {
      Arrays.fill(derivatives, 0);
    }
    body.backward(in, out, byOut, byRows, byIn);
    for (int i = 0; i < in.length; i++) {
      Matrix input = inputs.get(i);
      if (input.gradient() != null) {
        write(kernels, byIn[i], input.claim(), input.gradient());
      }
    }
  }

  private void read(Kernels kernels, INDArray from, double[] to) {
    if (from.dataType().width() == Float.BYTES) {
      kernels.copyOut(from, narrow);
      for (int i = 0; i < to.length; i++) {
        to[i] = narrow[i];
      }
    } else {
      for (int i = 0; i < to.length; i++) {
        to[i] = from.getDouble(i);
      }
    }
  }

  /** An array becomes beta * array + values. */
  private void write(Kernels kernels, double[] from, double beta, INDArray to) {
    if (to.dataType().width() == Float.BYTES) {
      if (beta != 0) {
        kernels.copyOut(to, narrow);
      }
      for (int i = 0; i < from.length; i++) {
        narrow[i] = (float) (beta == 0 ? from[i] : beta * narrow[i] + from[i]);
      }
      kernels.copyIn(narrow, to);
    } else {
      for (int i = 0; i < from.length; i++) {
        to.putScalar(i, beta == 0 ? from[i] : beta * to.getDouble(i) + from[i]);
      }
    }
  }

  /** The second result, which the loop has computed with the first. */
  private record OfRows(HostLoop loop) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(loop.result);
    }

    @Override
    public boolean hasParameters() {
      return false;
    }

    @Override
    public void forward(Kernels kernels) {
      System.arraycopy(loop.ofRows, 0, loop.rows.value(), 0, loop.ofRows.length);
    }

    /** The loop takes the derivatives from where they are. */
    @Override
    public void backward(Kernels kernels) {
      if (loop.result.claim() == 0) {
        loop.result.gradient().assign(0);
      }
    }
  }
}
