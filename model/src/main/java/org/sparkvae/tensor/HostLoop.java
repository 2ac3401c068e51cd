package org.sparkvae.tensor;

import java.util.ArrayList;
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
    /** Whether it has one for these kernels. */
    boolean isFor(Kernels kernels);

    /**
     * Computes the results.
     *
     * @param in the inputs
     * @param out to set
     * @param rows to set, where the loop has a second result
     */
    void forward(Kernels kernels, List<INDArray> in, INDArray out, double[] rows);

    /**
     * Computes the derivatives of the loss by the inputs.
     *
     * @param in the inputs
     * @param out as forward has set it
     * @param byOut the derivative by out
     * @param byRows the derivative by the values of rows
     * @param byIn to set or to add to, one for each input
     */
    void backward(
        Kernels kernels,
        List<INDArray> in,
        INDArray out,
        INDArray byOut,
        double[] byRows,
        List<Derivative> byIn);
  }

  /**
   * The derivative of the loss by an input, which becomes beta * array + the loop's share.
   *
   * @param array of the input's shape
   * @param beta 0 or 1
   */
  public record Derivative(INDArray array, double beta) {}

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
  private INDArray[] unread;

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
      unread = new INDArray[inputs.size()];
    }
  }

  private static double[] array(Matrix matrix) {
    return new double[Math.multiplyExact(matrix.rows(), matrix.columns())];
  }

  @Override
  public void forward(Kernels kernels) {
    if (body instanceof ByKernels here && here.isFor(kernels)) {
      here.forward(kernels, values(), result.value(), rows.value() == null ? ofRows : rows.value());
      return;
    }
    for (int i = 0; i < in.length; i++) {
      read(kernels, inputs.get(i).value(), in[i]);
    }
    body.forward(in, out, ofRows);
    write(kernels, out, 0, result.value());
  }

  private List<INDArray> values() {
    return inputs.stream().map(Matrix::value).toList();
  }

  @Override
  public void backward(Kernels kernels) {
    if (inputs.stream().allMatch(input -> input.gradient() == null)) {
      return;
    }
    // Where nobody asks for the rows, they have no memory, and the zeros stay.
    boolean hasRows = rows.gradient() != null;
    if (body instanceof ByKernels here && here.isFor(kernels)) {
      INDArray by = result.gradient();
      double[] ofResult = hasRows ? rows.gradient() : byRows;
      here.backward(kernels, values(), result.value(), by, ofResult, derivatives());
      return;
    }
    read(kernels, result.gradient(), byOut);
    if (hasRows) {
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

  /** Those by inputs that nobody asks for go to arrays that nobody reads. */
  private List<Derivative> derivatives() {
    List<Derivative> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Matrix input = inputs.get(i);
      if (input.gradient() != null) {
        all.add(new Derivative(input.gradient(), input.claim()));
      } else {
        if (unread[i] == null) {
          unread[i] = input.value().like();
        }
        all.add(new Derivative(unread[i], 0));
      }
    }
    return all;
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
    public boolean isByKernels() {
      return loop.isByKernels();
    }

    @Override
    public void forward(Kernels kernels) {
      if (!(loop.body instanceof ByKernels here && here.isFor(kernels))) {
        System.arraycopy(loop.ofRows, 0, loop.rows.value(), 0, loop.ofRows.length);
      }
    }

    /** The loop takes the derivatives from where they are. */
    @Override
    public void backward(Kernels kernels) {
      if (loop.result.claim() == 0) {
        kernels.clear(loop.result.gradient());
      }
    }
  }
}
