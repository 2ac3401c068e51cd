package org.sparkvae.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * A multilayer perceptron with several outputs for each of its inputs, which depend on the inputs
 * before it in an order, and on none else (Germain et al., "MADE", 2015, eq. 12 and 13). The first
 * layer adds a context of each image, as in Kingma et al. (2016, section 3).
 *
 * <p>The order is that of the columns, or the reverse; inputs have the places 1 to n in it. The
 * hidden unit j of h has the degree floor(j n / h), from 0 to n - 1, and sees the inputs at places
 * up to its degree and the units of degrees up to its own; an output sees units of degrees below
 * its input's place. Units of degree 0 see the context alone, so that the outputs of the first
 * input depend on that. Masks follow from the widths: parameters of one model mean the same in
 * every copy of it, and can be averaged.
 *
 * <p>Layer i has the weight i.weight [in, out], and but for the first, to which the context is
 * added, i.bias [out]; an output has name.weight and name.bias. What the mask covers in a weight
 * has no effect and no gradient.
 */
public final class Made {
  private static final Formula.Operand WEIGHT = Formula.value("weight");
  private static final Formula.Operand MASK = Formula.value("mask");

  /** Which input is the first. */
  public enum Order {
    /** That of the first column. */
    FORWARD,
    /** That of the last column. */
    BACKWARD;

    /** The other one. */
    public Order reversed() {
      return this == FORWARD ? BACKWARD : FORWARD;
    }
  }

  /**
   * An output for each input.
   *
   * @param name of its parameters
   * @param start of its bias
   */
  public record Output(String name, float start) {}

  /**
   * A layer.
   *
   * @param weight with zeros where it is masked, [in, out]
   * @param bias null where a context is added
   */
  private record Layer(Matrix weight, Parameter bias) {}

  private final Recorder recorder;
  private final Activation activation;
  private final Matrix context;
  private final List<Layer> hidden = new ArrayList<>();
  private final List<Layer> outputs = new ArrayList<>();

  /**
   * Records its parameters.
   *
   * @param inputs n
   * @param widths of the hidden layers, at least one
   * @param activation after each hidden layer
   * @param context added to the first layer before its activation, [images, width]
   */
  public Made(
      Recorder recorder,
      int inputs,
      List<Integer> widths,
      Activation activation,
      Order order,
      Matrix context,
      List<Output> outputs) {
    this.recorder = recorder;
    this.activation = activation;
    this.context = context;
    int[] places = new int[inputs];
    for (int d = 0; d < inputs; d++) {
      places[d] = order == Order.FORWARD ? d + 1 : inputs - d;
    }
    int[] before = places;
    for (int i = 0; i < widths.size(); i++) {
      int[] degrees = degrees(widths.get(i), inputs);
      Recorder at = recorder.at(Integer.toString(i));
      hidden.add(layer(at, before, degrees, i == 0 ? null : 0f));
      before = degrees;
    }
    // An output sees strictly below its place.
    int[] below = Arrays.stream(places).map(place -> place - 1).toArray();
    for (Output output : outputs) {
      this.outputs.add(layer(recorder.at(output.name()), before, below, output.start()));
    }
  }

  private static int[] degrees(int width, int inputs) {
    int[] degrees = new int[width];
    for (int j = 0; j < width; j++) {
      degrees[j] = (int) ((long) j * inputs / width);
    }
    return degrees;
  }

  private static Layer layer(Recorder recorder, int[] from, int[] to, Float start) {
    Parameter weight = recorder.weight("weight", from.length, to.length);
    Matrix masked = masked(recorder, weight, from, to);
    Parameter bias =
        start == null ? null : recorder.vector("bias", to.length, new Start.Constant(start));
    return new Layer(masked, bias);
  }

  /** A weight, with zeros where the degree that it leads to is below that which it comes from. */
  private static Matrix masked(Recorder recorder, Parameter weight, int[] from, int[] to) {
    double[] ones = new double[Math.multiplyExact(from.length, to.length)];
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < to.length; j++) {
        ones[i * to.length + j] = to[j] >= from[i] ? 1 : 0;
      }
    }
    Matrix mask = Matrix.of(from.length, to.length, ones);
    return recorder.map(WEIGHT.times(MASK), Map.of(WEIGHT, weight, MASK, mask));
  }

  /** Records the outputs of inputs [rows, n], each [rows, n]. */
  public List<Matrix> of(Matrix x) {
    Matrix h = x;
    for (Layer layer : hidden) {
      h = apply(layer, h, activation);
    }
    List<Matrix> values = new ArrayList<>();
    for (Layer output : outputs) {
      values.add(apply(output, h, Activation.IDENTITY));
    }
    return values;
  }

  private Matrix apply(Layer layer, Matrix x, Activation f) {
    Matrix y = recorder.variable(x.rows(), layer.weight().columns());
    Operation operation =
        layer.bias() == null
            ? new WithContext(x, layer.weight(), context, f, y)
            : new WithBias(x, layer.weight(), layer.bias(), f, y);
    return recorder.then(operation, y);
  }

  /** y = x weight, and its derivatives. */
  private static void multiply(Kernels kernels, Matrix x, Matrix weight, Matrix y) {
    kernels.multiply(x.value(), false, weight.value(), false, 0, y.value());
  }

  private static void multiplyBackward(Kernels kernels, Matrix x, Matrix weight, Matrix y) {
    if (weight.gradient() != null) {
      kernels.multiply(x.value(), true, y.gradient(), false, weight.claim(), weight.gradient());
    }
    if (x.gradient() != null) {
      kernels.multiply(y.gradient(), false, weight.value(), true, x.claim(), x.gradient());
    }
  }

  /** f(x weight + bias). */
  private record WithBias(Matrix x, Matrix weight, Parameter bias, Activation f, Matrix y)
      implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(x, weight);
    }

    @Override
    public boolean isByKernels() {
      return true;
    }

    @Override
    public void forward(Kernels kernels) {
      kernels.affine(x.value(), weight.value(), bias.value(), f, y.value());
    }

    /** Not as that of an affine map, aside: the mask's pass reads the derivative by the weight. */
    @Override
    public void backward(Kernels kernels) {
      kernels.activateBackward(y.value(), y.gradient(), f);
      if (bias.differentiable()) {
        kernels.sumColumns(y.gradient(), bias.claim(), bias.gradient());
      }
      multiplyBackward(kernels, x, weight, y);
    }

    @Override
    public double flops() {
      return 2.0 * x.rows() * x.columns() * y.columns();
    }
  }

  /**
   * f(x weight + context of the row's image): rows of all images are one row beside all contexts.
   */
  private static final class WithContext implements Operation {
    private final Matrix x;
    private final Matrix weight;
    private final Matrix context;
    private final Activation f;
    private final Matrix y;
    private INDArray samples;
    private INDArray contexts;
    private INDArray sampleGradients;
    private INDArray contextGradients;

    WithContext(Matrix x, Matrix weight, Matrix context, Activation f, Matrix y) {
      this.x = x;
      this.weight = weight;
      this.context = context;
      this.f = f;
      this.y = y;
    }

    @Override
    public List<Node> inputs() {
      return List.of(x, weight, context);
    }

    @Override
    public boolean isByKernels() {
      return true;
    }

    @Override
    public void bind() {
      long values = (long) context.rows() * context.columns();
      long[] wide = {y.rows() / context.rows(), values};
      samples = y.value().reshape('c', wide);
      contexts = context.value().reshape('c', new long[] {values});
      if (context.gradient() != null) {
        sampleGradients = y.gradient().reshape('c', wide);
        contextGradients = context.gradient().reshape('c', new long[] {values});
      }
    }

    @Override
    public void forward(Kernels kernels) {
      multiply(kernels, x, weight, y);
      kernels.activate(samples, contexts, f);
    }

    @Override
    public void backward(Kernels kernels) {
      kernels.activateBackward(y.value(), y.gradient(), f);
      if (context.gradient() != null) {
        kernels.sumColumns(sampleGradients, context.claim(), contextGradients);
      }
      multiplyBackward(kernels, x, weight, y);
    }

    @Override
    public double flops() {
      return 2.0 * x.rows() * x.columns() * y.columns();
    }
  }
}
