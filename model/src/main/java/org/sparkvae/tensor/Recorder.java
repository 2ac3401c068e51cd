package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Records what is computed for a minibatch of so many images, with so many samples of each. Nothing
 * is allocated: the layout of the parameters follows from the recording, and a {@link Program}
 * gives it memory and replays it.
 *
 * <p>A recorder stands at a dotted name, under which its parameters are recorded; all that come
 * from one share one recording. Rows of a sampled matrix are ordered sample-major. Not thread-safe.
 */
public final class Recorder {
  private static final Formula.Operand COLUMN = Formula.value("column");

  /**
   * An affine layer, y = f(x weight + bias).
   *
   * @param weight the name of its weight, [in, out]
   * @param bias the name of its bias, [out]
   * @param x [rows, in]
   * @param y [rows, out]; after a backward pass its gradient is that by x weight + bias
   */
  public record Affine(String weight, String bias, Matrix x, Matrix y) {}

  /** An operation and what it computes. */
  record Step(Operation operation, Node result) {}

  /** What recorders of one recording share. */
  private record Recording(
      Use use,
      int images,
      int samples,
      Map<String, Parameter> parameters,
      Map<String, Parameter> fixed,
      Set<String> states,
      List<Matrix> noise,
      List<Step> steps,
      List<Statistic> statistics) {
    Recording(Use use, int images, int samples) {
      this(
          use,
          images,
          samples,
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashSet<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }
  }

  private final Recording recording;
  private final String prefix;
  private final Start weights;

  /** What parameters are at their names to operations: those of the recording, or the fixed. */
  private final Map<String, Parameter> given;

  private Recorder(
      Recording recording, String prefix, Start weights, Map<String, Parameter> given) {
    this.recording = recording;
    this.prefix = prefix;
    this.weights = weights;
    this.given = given;
  }

  private Recorder(Recording recording) {
    this(recording, "", new Start.Glorot(), recording.parameters());
  }

  /** An empty recording for so many images, and samples of each, of what a trained model says. */
  public Recorder(int images, int samples) {
    this(Use.SCORING, images, samples);
  }

  /** An empty recording for so many images, and samples of each. */
  public Recorder(Use use, int images, int samples) {
    this(new Recording(use, images, samples));
  }

  /** A recorder of the same recording at a name below this one's. */
  public Recorder at(String name) {
    return new Recorder(recording, prefix + name + ".", weights, given);
  }

  /**
   * A recorder of the same recording at the same name, whose weights start from something else
   * where nobody says from what.
   */
  public Recorder startingFrom(Start start) {
    return new Recorder(recording, prefix, start, given);
  }

  /**
   * A recorder of the same recording at the same name, to which parameters are constants: they have
   * the values of those of their names, but no derivative is by them.
   */
  public Recorder fixed() {
    return new Recorder(recording, prefix, weights, recording.fixed());
  }

  /** What it is for. */
  public Use use() {
    return recording.use();
  }

  /** Images of a minibatch. */
  public int images() {
    return recording.images();
  }

  /** Samples of each image. */
  public int samples() {
    return recording.samples();
  }

  /** Where the parameters recorded so far lie in a flat vector. */
  public ParameterLayout layout() {
    return new ParameterLayout(recording.parameters().values(), recording.states());
  }

  /**
   * Floating-point operations that some results take of what noise reaches, in one forward pass.
   */
  public double flopsOfNoisy(List<? extends Node> results) {
    return Plan.flops(Plan.of(this, results).noisy());
  }

  /** Whether what was recorded so far makes a result depend on noise. */
  public boolean isNoisy(Node result) {
    return !Plan.of(this, List.of(result)).noisy().isEmpty();
  }

  /** Whether what was recorded so far makes a result from parameters and constants alone. */
  public boolean isOfParameters(Node result) {
    Plan plan = Plan.of(this, List.of(result));
    return plan.noisy().isEmpty() && plan.noiseFree().isEmpty() && !plan.ofParameters().isEmpty();
  }

  /**
   * The affine layers whose gradients a backward pass from some results computes, in the order of
   * recording: it leaves in the gradient of each y the derivative by x weight + bias.
   */
  public List<Affine> affine(List<? extends Node> results) {
    return Plan.of(this, results).of(results).steps().stream()
        .map(Step::operation)
        .filter(Dense.class::isInstance)
        .map(Dense.class::cast)
        .map(Recorder::observed)
        .toList();
  }

  private static Affine observed(Dense of) {
    of.y().observe();
    return new Affine(of.weight().name(), of.bias().name(), of.x(), of.y());
  }

  /** The statistics recorded so far, in their order. */
  public List<Statistic> statistics() {
    return Collections.unmodifiableList(recording.statistics());
  }

  /** Appends a statistic that is to be collected; of a layer that is used twice, the first. */
  public void collect(Statistic statistic) {
    if (recording.statistics().stream().noneMatch(s -> s.mean() == statistic.mean())) {
      recording.statistics().add(statistic);
    }
  }

  /** The matrices of noise recorded so far, in their order. */
  public List<Matrix> noise() {
    return Collections.unmodifiableList(recording.noise());
  }

  List<Step> steps() {
    return recording.steps();
  }

  Iterable<Parameter> parameters() {
    return recording.parameters().values();
  }

  Iterable<Parameter> fixedParameters() {
    return recording.fixed().values();
  }

  /** A weight [in, out]: the same block where the name was recorded before. */
  public Parameter weight(String name, int in, int out) {
    return weight(name, in, out, weights);
  }

  /** As {@link #weight(String, int, int)}, from another start. */
  public Parameter weight(String name, int in, int out, Start start) {
    return parameter(name, start, in, out);
  }

  /** A vector [length]: the same block where the name was recorded before. */
  public Parameter vector(String name, int length, Start start) {
    return parameter(name, start, length);
  }

  /**
   * What steps of training hand on among the parameters, and no optimiser moves: its values,
   * [length], 0 at first. The caller sets their gradient to the values of the next step.
   */
  public Rows state(String name, int length) {
    Parameter values = parameter(name, new Start.Constant(0), length, 1);
    recording.states().add(values.name());
    return sumOverColumns(COLUMN, Map.of(COLUMN, values));
  }

  private Parameter parameter(String name, Start start, long... shape) {
    Parameter parameter =
        recording
            .parameters()
            .computeIfAbsent(prefix + name, full -> new Parameter(full, start, shape));
    if (!Arrays.equals(parameter.shape(), shape)) {
      throw new IllegalArgumentException(
          parameter.name()
              + " is recorded as "
              + Arrays.toString(parameter.shape())
              + " and as "
              + Arrays.toString(shape));
    }
    return given.computeIfAbsent(
        parameter.name(), full -> new Parameter(full, parameter.start(), shape));
  }

  /** A constant that the caller sets, [rows, columns], zero at first. */
  public Matrix constant(int rows, int columns) {
    return new Matrix(rows, columns, Matrix.Role.CONSTANT);
  }

  /** Standard normal noise of each image's key, [samples * images, columns]. */
  public Matrix normal(int columns) {
    return noise(columns, Matrix.Role.NORMAL);
  }

  /** Uniform noise in [0, 1) of each image's key, [samples * images, columns]. */
  public Matrix uniform(int columns) {
    return noise(columns, Matrix.Role.UNIFORM);
  }

  /** Uniform noise in [0, 1) of each image's key, the same for all samples, [images, columns]. */
  public Matrix uniformOfImages(int columns) {
    return noise(images(), columns, Matrix.Role.UNIFORM);
  }

  private Matrix noise(int columns, Matrix.Role role) {
    return noise(Math.multiplyExact(samples(), images()), columns, role);
  }

  private Matrix noise(int rows, int columns, Matrix.Role role) {
    Matrix noise = new Matrix(rows, columns, role);
    recording.noise().add(noise);
    return noise;
  }

  /** A matrix that an operation sets. */
  public Matrix variable(int rows, int columns) {
    return new Matrix(rows, columns, Matrix.Role.VARIABLE);
  }

  /** Values per row that an operation sets. */
  public Rows rows(int count) {
    return new Rows(count);
  }

  /** Appends an operation; its result. */
  public <T extends Node> T then(Operation operation, T result) {
    recording.steps().add(new Step(operation, result));
    return result;
  }

  /**
   * A formula place by place, [rows, columns].
   *
   * @param arguments matrices, ranges of their columns, parameters and rows by operand
   */
  public Matrix map(Formula formula, Map<Formula.Operand, Argument> arguments) {
    FormulaShape shape = FormulaShape.of(arguments);
    Matrix out = variable(shape.rows(), shape.columns());
    return then(new FormulaOperation(formula, arguments, shape, out), out);
  }

  /**
   * As {@link #map(Formula, Map)}, by loops of its own on float32 arrays in host memory.
   *
   * @param loops from the result to what computes it
   */
  public Matrix map(
      Formula formula,
      Map<Formula.Operand, Argument> arguments,
      Function<Matrix, Computation> loops) {
    FormulaShape shape = FormulaShape.of(arguments);
    Matrix out = variable(shape.rows(), shape.columns());
    return then(
        new Fused(new FormulaOperation(formula, arguments, shape, out), loops.apply(out)), out);
  }

  /** A formula summed over the columns, [rows]. */
  public Rows sumOverColumns(Formula formula, Map<Formula.Operand, Argument> arguments) {
    FormulaShape shape = FormulaShape.of(arguments);
    Rows out = rows(shape.rows());
    return then(new FormulaOperation(formula, arguments, shape, out), out);
  }

  /**
   * As {@link #sumOverColumns(Formula, Map)}, by loops of its own on float32 arrays in host memory.
   *
   * @param loops from the result to what computes it
   */
  public Rows sumOverColumns(
      Formula formula,
      Map<Formula.Operand, Argument> arguments,
      Function<Rows, Computation> loops) {
    FormulaShape shape = FormulaShape.of(arguments);
    Rows out = rows(shape.rows());
    return then(
        new Fused(new FormulaOperation(formula, arguments, shape, out), loops.apply(out)), out);
  }

  /** f(x weight + bias) with a weight and a bias of this name: x [rows, in] -> [rows, out]. */
  public Matrix dense(Matrix x, int out, Activation f) {
    Parameter weight = weight("weight", x.columns(), out);
    return dense(x, weight, vector("bias", out, new Start.Constant(0)), f);
  }

  /** f(x weight + bias): x [rows, in], weight [in, out], bias [out] -> [rows, out]. */
  public Matrix dense(Matrix x, Parameter weight, Parameter bias, Activation f) {
    Matrix y = variable(x.rows(), (int) weight.shape()[1]);
    return then(new Dense(x, weight, bias, f, y), y);
  }

  /**
   * x weight, without a bias: x [rows, in] -> [rows, out]. Its gradient lies over its value: the
   * consumer must be the only one, and overwrites the value by the derivative.
   */
  public Matrix product(Matrix x, Parameter weight) {
    Matrix y = new Matrix(x.rows(), (int) weight.shape()[1], Matrix.Role.IN_PLACE);
    return then(new Product(x, weight, y), y);
  }

  /** The values of a matrix, which no derivative flows through: x [rows, n] -> [rows, n]. */
  public Matrix held(Matrix x) {
    Matrix out = variable(x.rows(), x.columns());
    return then(new Held(x, out), out);
  }

  /** x weight, without a bias, for any consumers: x [rows, in] -> [rows, out]. */
  public Matrix linear(Matrix x, Parameter weight) {
    Matrix y = variable(x.rows(), (int) weight.shape()[1]);
    return then(new Product(x, weight, y), y);
  }

  /** Consecutive columns of a matrix: x [rows, n] -> [rows, count]. */
  public Matrix columns(Matrix x, int first, int count) {
    return map(COLUMN, Map.of(COLUMN, x.range(first, count)));
  }

  /**
   * Matrices side by side: each [rows, n_i], or [images, n_i], the same for all samples of an image
   * -> [rows, sum of all n_i].
   */
  public Matrix sideBySide(List<Matrix> parts) {
    int rows = parts.stream().mapToInt(Matrix::rows).max().orElseThrow();
    if (parts.stream().anyMatch(part -> rows % part.rows() != 0)) {
      throw new IllegalArgumentException(
          "matrices of "
              + parts.stream().map(Matrix::rows).toList()
              + " rows do not stand side by side");
    }
    Matrix out = variable(rows, parts.stream().mapToInt(Matrix::columns).sum());
    return then(new SideBySide(parts, out), out);
  }

  /**
   * Rows of a matrix, each chosen by a number in [0, 1): x [n, columns], u [rows, 1] -> row floor(n
   * u) for each, [rows, columns].
   */
  public Matrix chosenRows(Matrix x, Matrix u) {
    Matrix out = variable(u.rows(), x.columns());
    return then(new ChosenRows(x, u, out), out);
  }

  /**
   * Inner products of rows with rows, summed over pairs of matrices, plus an offset: left_i [rows,
   * n_i], right_i [k, n_i], and offsets [k, e], whose rows are summed -> [rows, k].
   */
  public Matrix innerProducts(List<Matrix> left, List<Matrix> right, Matrix offsets) {
    Matrix out = variable(left.get(0).rows(), offsets.rows());
    return then(new InnerProducts(left, right, offsets, out), out);
  }

  /** log of the mean of e^x over the columns, per row. */
  public Rows logMeanExp(Matrix x) {
    Rows out = new Rows(x.rows());
    return then(new LogMeanExp(x, out), out);
  }
}
