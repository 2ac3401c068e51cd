package org.sparkvae.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix of a recording: its value and, where a derivative flows through it, its gradient. It has
 * memory once a {@link Program} is made of the recording.
 *
 * <p>A gradient that several operations contribute to is set by the first of them in a backward
 * pass and added to by the others, so that no pass has to clear it.
 */
public final class Matrix implements Node {
  /** What a matrix is for. */
  enum Role {
    /** The caller sets it; a derivative flows to it only where a program is asked for it. */
    CONSTANT,
    /** As a constant, standard normal noise drawn for every sample. */
    NORMAL,
    /** As a constant, uniform noise in [0, 1) drawn for every sample. */
    UNIFORM,
    /** An operation sets it. */
    VARIABLE,
    /** As a variable whose gradient lies over its value. */
    IN_PLACE
  }

  private final int rows;
  private final int columns;
  private final Role role;
  private final double[] content;
  private final Contributions contributions = new Contributions();
  private INDArray value;
  private INDArray gradient;
  private boolean observed;

  Matrix(int rows, int columns, Role role) {
    this(rows, columns, role, null);
  }

  private Matrix(int rows, int columns, Role role, double[] content) {
    this.rows = rows;
    this.columns = columns;
    this.role = role;
    this.content = content;
  }

  /**
   * A constant of given values, which nobody sets.
   *
   * @param content [rows * columns], row by row
   */
  public static Matrix of(int rows, int columns, double[] content) {
    return new Matrix(rows, columns, Role.CONSTANT, content);
  }

  /** The value, [rows, columns]. */
  public INDArray value() {
    return value;
  }

  /** The derivative of the loss by the value, of its shape; null where none is computed. */
  public INDArray gradient() {
    return gradient;
  }

  /** Rows. */
  public int rows() {
    return rows;
  }

  /** Columns. */
  public int columns() {
    return columns;
  }

  /** Some of its columns, from a first one on, as an argument of a formula. */
  public ColumnRange range(int first, int count) {
    return new ColumnRange(this, first, count);
  }

  /** Whether it is standard normal noise. */
  public boolean isNormal() {
    return role == Role.NORMAL;
  }

  /** The values of a constant that nobody sets; null for any other. */
  double[] content() {
    return content;
  }

  Role role() {
    return role;
  }

  void bind(INDArray memory, INDArray derivative) {
    value = memory;
    gradient = derivative;
  }

  boolean differentiable() {
    return gradient != null;
  }

  /** What the operation that sets it leaves in the gradient is read after a backward pass. */
  void observe() {
    observed = true;
  }

  boolean isObserved() {
    return observed;
  }

  /** What a program starts anew before a backward pass. */
  Contributions contributions() {
    return contributions;
  }

  /** The beta with which the caller, about to contribute to the gradient, must write: 0 or 1. */
  public double claim() {
    return contributions.claim();
  }
}
