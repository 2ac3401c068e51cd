package org.sparkvae.curvature;

import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.linear.Factor;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Code;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Output;
import org.sparkvae.tensor.formula.Run;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The factors of a layer's Fisher information, A (x) G, in an optimiser's state: running means of x
 * x^T [in, in], of x [in], and of h h^T [out, out], or of the information itself [out] where the
 * layer gives a distribution's parameters; then the inverses of A [in + 1, in + 1] and of G, of its
 * shape.
 */
final class LayerFactors {
  private static final Formula.Operand PRODUCT = value("product");
  private static final Formula.Operand INVERSE = column("inverse");

  private final int in;
  private final int out;
  private final boolean diagonal;
  private final INDArray squares;
  private final INDArray means;
  private final INDArray scores;
  private final INDArray inputInverse;
  private final INDArray outputInverse;
  private final INDArray gradient;
  private final INDArray ofSquares;
  private final INDArray ofMeans;
  private final INDArray ofScores;
  private final INDArray product;
  private Run scaling;

  /**
   * In a state.
   *
   * @param slope the flat gradient vector
   * @param state the flat state
   * @param from where the layer's part begins
   * @throws IllegalArgumentException where the layer's bias does not follow its weight
   */
  LayerFactors(
      Scores.Layer layer, ParameterLayout layout, INDArray slope, INDArray state, long from) {
    in = layer.in();
    out = layer.out();
    diagonal = layer.information().isPresent();
    ParameterLayout.Block weight = layout.block(layer.affine().weight());
    if (layout.block(layer.affine().bias()).offset() != weight.offset() + weight.length()) {
      throw new IllegalArgumentException(weight.name() + " is not followed by its bias");
    }
    int rows = diagonal ? 1 : out;
    squares = matrix(state, from, in, in);
    means = matrix(state, from + squares.length(), 1, in);
    scores = matrix(state, from + squares.length() + in, rows, out);
    long inverses = from + squares.length() + in + scores.length();
    inputInverse = matrix(state, inverses, in + 1, in + 1);
    outputInverse = matrix(state, inverses + inputInverse.length(), rows, out);
    gradient = matrix(slope, weight.offset(), in + 1, out);
    ofSquares = squares.like();
    ofMeans = means.like();
    ofScores = scores.like();
    product = gradient.like();
  }

  /** How long a layer's part of a state is. */
  static long length(Scores.Layer layer) {
    long in = layer.in();
    long out = layer.out();
    return in * in
        + in
        + (in + 1) * (in + 1)
        + 2 * (layer.information().isPresent() ? out : out * out);
  }

  private static INDArray matrix(INDArray vector, long from, int rows, int columns) {
    return FlatVector.part(vector, from, from + (long) rows * columns).reshape('c', rows, columns);
  }

  /** Adds a minibatch to the running means. */
  void add(Kernels kernels, Scores.Layer layer, double decay) {
    Matrix x = layer.affine().x();
    kernels.multiply(x.value(), true, x.value(), false, 0, ofSquares);
    kernels.sumColumns(x.value(), 0, ofMeans);
    if (diagonal) {
      kernels.sumColumns(layer.information().orElseThrow().value(), 0, ofScores);
    } else {
      INDArray h = layer.affine().y().gradient();
      kernels.multiply(h, true, h, false, 0, ofScores);
    }
    double share = (1 - decay) / x.rows();
    run(kernels, squares, ofSquares, decay, share);
    run(kernels, means, ofMeans, decay, share);
    run(kernels, scores, ofScores, decay, share);
  }

  private static void run(
      Kernels kernels, INDArray mean, INDArray sum, double decay, double share) {
    kernels.scaleRows(mean.reshape('c', 1, mean.length()), new double[] {decay});
    kernels.addScaled(share, sum, mean);
  }

  /**
   * Inverts the factors.
   *
   * @param weight of the running means, 1 in the end
   * @param damping lambda
   */
  void invert(Kernels kernels, double weight, double damping) {
    double[][] a = new double[in + 1][in + 1];
    float[] square = host(kernels, squares);
    float[] mean = host(kernels, means);
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < in; j++) {
        a[i][j] = square[i * in + j] / weight;
      }
      a[i][in] = mean[i] / weight;
      a[in][i] = a[i][in];
    }
    a[in][in] = 1;
    float[] score = host(kernels, scores);
    double traceOfA = 0;
    for (int i = 0; i <= in; i++) {
      traceOfA += a[i][i];
    }
    double traceOfG = 0;
    for (int j = 0; j < out; j++) {
      traceOfG += score[diagonal ? j : j * out + j] / weight;
    }
    // Nothing comes back to a layer whose units are all dead.
    double ratio = traceOfG > 0 ? Math.sqrt(traceOfA / (in + 1) * out / traceOfG) : 1;
    double root = Math.sqrt(damping);
    for (int i = 0; i <= in; i++) {
      a[i][i] += ratio * root;
    }
    kernels.copyIn(flat(Factor.of(a).inverse()), inputInverse);
    kernels.copyIn(
        diagonal
            ? reciprocals(score, weight, root / ratio)
            : flat(Factor.of(lifted(score, weight, root / ratio)).inverse()),
        outputInverse);
  }

  private double[][] lifted(float[] score, double weight, double lift) {
    double[][] g = new double[out][out];
    for (int i = 0; i < out; i++) {
      for (int j = 0; j < out; j++) {
        g[i][j] = score[i * out + j] / weight + (i == j ? lift : 0);
      }
    }
    return g;
  }

  private float[] reciprocals(float[] score, double weight, double lift) {
    float[] inverse = new float[out];
    for (int j = 0; j < out; j++) {
      inverse[j] = (float) (1 / (score[j] / weight + lift));
    }
    return inverse;
  }

  private static float[] host(Kernels kernels, INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    kernels.copyOut(array, values);
    return values;
  }

  private static float[] flat(double[][] rows) {
    float[] values = new float[rows.length * rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        values[i * rows.length + j] = (float) rows[i][j];
      }
    }
    return values;
  }

  /** The gradient by weight and bias becomes A^-1 times itself times G^-1. */
  void precondition(Kernels kernels) {
    kernels.multiply(inputInverse, false, gradient, false, 0, product);
    if (!diagonal) {
      kernels.multiply(product, false, outputInverse, false, 0, gradient);
      return;
    }
    if (scaling == null) {
      Code code = Code.of(List.of(new Output(PRODUCT.times(INVERSE), Axes.VALUE)));
      Map<String, Content> operands =
          Map.of(
              PRODUCT.name(), new Content.Array(product),
              INVERSE.name(), new Content.Array(outputInverse));
      List<Content> result = List.of(new Content.Array(gradient));
      Frame frame = new Frame(code, 1, in + 1, out, operands, result);
      scaling = kernels.formulas(frame, gradient.dataType());
    }
    scaling.run(new double[1]);
  }
}
