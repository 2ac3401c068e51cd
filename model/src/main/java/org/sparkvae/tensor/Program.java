package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * A recording with memory, which is replayed: forward, then backward.
 *
 * <p>It holds the operations that its results need, and no others. Those that read nothing but
 * parameters can be run once for many images, those that no noise reaches once for many samples.
 * Not thread-safe.
 */
public final class Program {
  private final Kernels kernels;
  private final DataType type;
  private final Plan plan;
  private final Plan.Reach reach;
  private final NoiseBuffers noise;
  private final Set<Contributions> gradients = new HashSet<>();

  /** What no result depends on has a derivative, too: 0. */
  private List<Parameter> unreached;

  private final List<Parameter> parameters = new ArrayList<>();
  private final Set<Contributions> ofResults = new HashSet<>();
  private final List<Rows> resultRows = new ArrayList<>();
  private final List<INDArray> vectors;
  private final Runnable forward;
  private final Runnable forwardOfParameters;
  private final Runnable forwardNoiseFree;
  private final Runnable forwardNoisy;
  private final Runnable backward;
  private Runnable awaited = () -> {};

  /**
   * Gives a recording its memory, on the backend and of the type of a parameter vector.
   *
   * @param recorder of the recording, of which no other program may be made
   * @param layout of the parameters, which may hold others as well
   * @param values the flat parameter vector, [P] or [1, P]; read, never written
   * @param gradient the flat gradient vector of the same length; null for values only
   * @param results what is computed
   * @throws IllegalArgumentException where a vector's length is not the layout's
   */
  public Program(
      Recorder recorder,
      ParameterLayout layout,
      INDArray values,
      INDArray gradient,
      List<? extends Node> results) {
    this(
        Kernels.of(values),
        recorder,
        layout,
        values,
        gradient,
        results,
        gradient == null ? plan -> Plan.Reach.nothing() : plan -> plan.of(results));
  }

  /**
   * A program whose backward pass gives derivatives by matrices that the caller sets, constants or
   * noise of the recording, at fixed parameters.
   *
   * @param recorder of the recording, of which no other program may be made
   * @param layout of the parameters, which may hold others as well
   * @param values the flat parameter vector, [P] or [1, P]; read, never written
   * @param variables what derivatives are by; they have memory even where no result needs them
   * @param results what is computed
   * @throws IllegalArgumentException where the vector's length is not the layout's
   */
  public static Program by(
      Recorder recorder,
      ParameterLayout layout,
      INDArray values,
      List<Matrix> variables,
      List<? extends Node> results) {
    return by(Kernels.of(values), recorder, layout, values, variables, results);
  }

  /** As {@link #by(Recorder, ParameterLayout, INDArray, List, List)}, on given kernels. */
  public static Program by(
      Kernels kernels,
      Recorder recorder,
      ParameterLayout layout,
      INDArray values,
      List<Matrix> variables,
      List<? extends Node> results) {
    Program program =
        new Program(kernels, recorder, layout, values, null, results, plan -> plan.from(variables));
    variables.stream().filter(matrix -> matrix.value() == null).forEach(program::bind);
    return program;
  }

  private Program(
      Kernels kernels,
      Recorder recorder,
      ParameterLayout layout,
      INDArray values,
      INDArray gradient,
      List<? extends Node> results,
      Function<Plan, Plan.Reach> derivatives) {
    this.kernels = kernels;
    this.type = values.dataType();
    INDArray flatValues = flat(layout, values);
    INDArray flatGradient = gradient == null ? null : flat(layout, gradient);
    for (Parameter parameter : recorder.parameters()) {
      parameter.bind(layout.block(parameter.name()), flatValues, flatGradient);
      gradients.add(parameter.contributions());
      parameters.add(parameter);
    }
    for (Parameter parameter : recorder.fixedParameters()) {
      parameter.bind(layout.block(parameter.name()), flatValues, null);
    }
    for (Node result : results) {
      if (result instanceof Rows rows) {
        ofResults.add(rows.contributions());
        resultRows.add(rows);
      }
    }
    Set<Node> bound = Collections.newSetFromMap(new IdentityHashMap<>());
    plan = Plan.of(recorder, results);
    reach = derivatives.apply(plan);
    results.forEach(result -> bind(result, bound));
    for (Recorder.Step step : plan.steps()) {
      for (Node input : step.operation().inputs()) {
        bind(input, bound);
      }
      bind(step.result(), bound);
      step.operation().bind();
    }
    noise =
        new NoiseBuffers(
            kernels, recorder.images(), recorder.samples(), recorder.noise(), plan.noise());
    vectors = Stream.of(values, gradient).filter(Objects::nonNull).toList();
    forward = sequence(plan.steps());
    forwardOfParameters = sequence(plan.ofParameters());
    forwardNoiseFree = sequence(plan.noiseFree());
    forwardNoisy = sequence(plan.noisy());
    backward = backwardSequence();
  }

  private Runnable sequence(List<Recorder.Step> steps) {
    Set<Node> read = Collections.newSetFromMap(new IdentityHashMap<>());
    steps.forEach(step -> read.addAll(step.operation().inputs()));
    return kernels.sequence(
        steps.stream()
            .map(step -> new OperationPass(step, vectors, forward(step.result(), read)))
            .toList());
  }

  /** Rows are nobody's but their operation's; a matrix may share memory with another. */
  private static OperationPass.Way forward(Node result, Set<Node> read) {
    return result instanceof Rows && !read.contains(result)
        ? OperationPass.Way.FORWARD_TO_RESULT
        : OperationPass.Way.FORWARD;
  }

  private Runnable backwardSequence() {
    List<OperationPass> passes = new ArrayList<>();
    for (int i = reach.steps().size() - 1; i >= 0; i--) {
      passes.add(new OperationPass(reach.steps().get(i), vectors, OperationPass.Way.BACKWARD));
    }
    return kernels.sequence(passes);
  }

  private void bind(Node node, Set<Node> bound) {
    if (bound.add(node)) {
      bind(node);
    }
  }

  private void bind(Node node) {
    if (node instanceof Rows rows) {
      rows.bind();
      gradients.add(rows.contributions());
    } else if (node instanceof Matrix matrix) {
      INDArray memory = zeros(matrix);
      if (matrix.content() != null) {
        memory.assign(Nd4j.createFromArray(matrix.content()).castTo(type).reshape(memory.shape()));
      }
      INDArray gradient = null;
      if (reach.nodes().contains(matrix)) {
        gradient = matrix.role() == Matrix.Role.IN_PLACE ? memory : zeros(matrix);
      }
      matrix.bind(memory, gradient);
      gradients.add(matrix.contributions());
    }
  }

  private INDArray zeros(Matrix matrix) {
    return Nd4j.create(type, new long[] {matrix.rows(), matrix.columns()}, 'c');
  }

  private static INDArray flat(ParameterLayout layout, INDArray vector) {
    if (vector.length() != layout.length()) {
      throw new IllegalArgumentException(
          "the model has " + layout.length() + " parameters, the vector " + vector.length());
    }
    return vector.reshape(new long[] {vector.length()});
  }

  /** The kernels that operations run on. */
  public Kernels kernels() {
    return kernels;
  }

  /** Floating-point operations of the matrix products of a forward pass. */
  public double flops() {
    return Plan.flops(plan.steps());
  }

  /** The noise that its results depend on. */
  public NoiseBuffers noise() {
    return noise;
  }

  /** Computes every value, in the order of recording. */
  public void forward() {
    start();
    await();
  }

  /** As {@link #forward}, but the values of the rows are there after {@link #await} only. */
  public void start() {
    start(forward);
  }

  /** Waits for the values of the rows. */
  public void await() {
    awaited.run();
  }

  /** Computes the values that follow from the parameters alone. */
  public void forwardOfParameters() {
    forward(forwardOfParameters);
  }

  /** Computes the values that no noise reaches, from those that follow from the parameters. */
  public void forwardNoiseFree() {
    forward(forwardNoiseFree);
  }

  /** Computes the values that noise reaches, from those that it does not. */
  public void forwardNoisy() {
    forward(forwardNoisy);
  }

  private void forward(Runnable some) {
    start(some);
    await();
  }

  private void start(Runnable some) {
    some.run();
    awaited = kernels.receive(resultRows.stream().map(Rows::value).toList());
  }

  /**
   * Computes every gradient from the gradients of the {@link Rows}, in the reverse order.
   *
   * @throws IllegalStateException if the program computes values only
   */
  public void backward() {
    if (reach.nodes().isEmpty()) {
      throw new IllegalStateException("this program computes values only");
    }
    gradients.forEach(gradient -> gradient.start(ofResults.contains(gradient)));
    kernels.send(resultRows.stream().map(Rows::gradient).toList());
    backward.run();
    if (unreached == null) {
      unreached =
          parameters.stream()
              .filter(parameter -> parameter.differentiable() && parameter.claim() == 0)
              .toList();
    }
    unreached.forEach(parameter -> kernels.clear(parameter.gradient()));
  }
}
