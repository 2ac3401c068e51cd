package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A recorded computation of fixed shapes that is replayed: forward, then backward.
 *
 * <p>Each builder method appends one operation and allocates its buffers; {@link #forward} and
 * {@link #backward} then run over those buffers again and again. A differentiable tape needs
 * parameters with gradients. Not thread-safe.
 */
public final class Tape {
  /** One operation: its value from its inputs, and its share of its inputs' gradients. */
  interface Operation {
    void forward();

    void backward();
  }

  private final Kernels kernels;
  private final DataType type;
  private final boolean differentiable;
  private final List<Operation> operations = new ArrayList<>();
  private final Set<Contributions> gradients = new LinkedHashSet<>();

  /**
   * An empty tape on the backend and type of some array.
   *
   * @param example an array such as the ones to come
   * @param differentiable whether {@link #backward} will be called
   */
  public Tape(INDArray example, boolean differentiable) {
    this.kernels = Kernels.of(example);
    this.type = example.dataType();
    this.differentiable = differentiable;
  }

  /** The kernels the operations run on. */
  public Kernels kernels() {
    return kernels;
  }

  /** A constant that the caller sets, [rows, columns], zero at first. */
  public Matrix constant(int rows, int columns) {
    return new Matrix(zeros(rows, columns), null);
  }

  /** f(x weight + bias): x [rows, in], weight [in, out], bias [out] -> [rows, out]. */
  public Matrix dense(Matrix x, Parameter weight, Parameter bias, Activation f) {
    Matrix y = variable(x.rows(), weight.value().columns());
    uses(weight, bias);
    return append(new Dense(kernels, x, weight, bias, f, y), y);
  }

  /**
   * x weight, without a bias: x [rows, in] -> [rows, out]. Its gradient lies over its value: the
   * consumer must be the only one, and overwrites the value by the derivative.
   */
  public Matrix product(Matrix x, Parameter weight) {
    INDArray memory = zeros(x.rows(), weight.value().columns());
    Matrix y = register(new Matrix(memory, differentiable ? memory : null));
    uses(weight);
    return append(new Product(kernels, x, weight, y), y);
  }

  /**
   * Reparameterised sample of a packed diagonal Gaussian: packed [images, 2 latent], noise [samples
   * * images, latent] -> z of noise's shape (Kingma & Welling, section 2.4).
   */
  public Matrix gaussianSample(Matrix packed, Matrix noise) {
    Matrix z = variable(noise.rows(), noise.columns());
    return append(new GaussianSample(kernels, packed, noise, z), z);
  }

  /** log q(z|x) of that sample, per row. */
  public Rows gaussianSampleLogDensity(Matrix packed, Matrix noise) {
    Rows out = new Rows(noise.rows());
    return append(new GaussianSampleLogDensity(kernels, packed, noise, out), out);
  }

  /** log N(z; 0, I), per row. */
  public Rows standardNormalLogDensity(Matrix z) {
    Rows out = new Rows(z.rows());
    return append(new StandardNormalLogDensity(kernels, z, out), out);
  }

  /** KL from a packed diagonal Gaussian to N(0, I), per image. */
  public Rows standardNormalKl(Matrix packed) {
    Rows out = new Rows(packed.rows());
    return append(new StandardNormalKl(kernels, packed, out), out);
  }

  /** Bernoulli log-likelihood of x, per row; logits as {@link #product} gives them. */
  public Rows bernoulliLogLikelihood(Matrix x, Matrix logits, Parameter bias) {
    Rows out = new Rows(logits.rows());
    uses(bias);
    return append(new BernoulliLogLikelihood(kernels, x, logits, bias, out), out);
  }

  /** Gaussian log-likelihood of x with a variance per pixel, per row; packed [rows, 2 pixels]. */
  public Rows gaussianLogLikelihood(Matrix x, Matrix packed, double minVariance) {
    Rows out = new Rows(packed.rows());
    return append(new GaussianLogLikelihood(kernels, x, packed, minVariance, out), out);
  }

  /** Gaussian log-likelihood of x with one learned variance, per row; raw [1]. */
  public Rows gaussianSharedLogLikelihood(
      Matrix x, Matrix means, Parameter raw, double minVariance) {
    Rows out = new Rows(means.rows());
    uses(raw);
    return append(new GaussianSharedLogLikelihood(kernels, x, means, raw, minVariance, out), out);
  }

  /** Computes every value, in the order of recording. */
  public void forward() {
    for (Operation operation : operations) {
      operation.forward();
    }
  }

  /**
   * Computes every gradient from the gradients of the {@link Rows}, in the reverse order.
   *
   * @throws IllegalStateException if the tape was not made differentiable
   */
  public void backward() {
    if (!differentiable) {
      throw new IllegalStateException("this tape computes values only");
    }
    gradients.forEach(Contributions::start);
    for (int i = operations.size() - 1; i >= 0; i--) {
      operations.get(i).backward();
    }
  }

  private Matrix variable(int rows, int columns) {
    return register(new Matrix(zeros(rows, columns), differentiable ? zeros(rows, columns) : null));
  }

  private Matrix register(Matrix matrix) {
    gradients.add(matrix.contributions());
    return matrix;
  }

  private void uses(Parameter... parameters) {
    for (Parameter parameter : parameters) {
      gradients.add(parameter.contributions());
    }
  }

  private <T> T append(Operation operation, T result) {
    operations.add(operation);
    return result;
  }

  private INDArray zeros(int rows, int columns) {
    return Nd4j.create(type, new long[] {rows, columns}, 'c');
  }
}
