package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The part of a recording that some results need, and what of it noise reaches.
 *
 * @param ofParameters operations that read nothing but parameters and constants of given values,
 *     directly or not
 * @param noiseFree others that no noise reaches, which are run once for many samples
 * @param noisy those that it reaches
 * @param steps all, in the order of recording
 * @param noise the matrices of noise that are read, in the order of recording
 */
record Plan(
    List<Recorder.Step> ofParameters,
    List<Recorder.Step> noiseFree,
    List<Recorder.Step> noisy,
    List<Recorder.Step> steps,
    List<Matrix> noise) {

  /**
   * What derivatives flow through in a backward pass.
   *
   * @param nodes that have a gradient
   * @param steps in the order of recording
   */
  record Reach(Set<Node> nodes, List<Recorder.Step> steps) {
    /** No derivatives. */
    static Reach nothing() {
      return new Reach(Set.of(), List.of());
    }
  }

  /** Derivatives of results by the parameters, which flow back as far as operations let them. */
  Reach of(List<? extends Node> results) {
    Set<Node> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    wanted.addAll(results);
    Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Recorder.Step> through = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Recorder.Step step = steps.get(i);
      if (wanted.contains(step.result()) && step.operation().differentiable()) {
        wanted.addAll(step.operation().inputs());
        nodes.add(step.result());
        through.add(step);
      }
    }
    Collections.reverse(through);
    return new Reach(nodes, through);
  }

  /** Derivatives by some matrices, which flow through what depends on them. */
  Reach from(List<Matrix> variables) {
    Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    nodes.addAll(variables);
    List<Recorder.Step> through = new ArrayList<>();
    for (Recorder.Step step : steps) {
      if (step.operation().differentiable()
          && step.operation().inputs().stream().anyMatch(nodes::contains)) {
        nodes.add(step.result());
        through.add(step);
      }
    }
    return new Reach(nodes, through);
  }

  /** Floating-point operations of a forward pass of some. */
  static double flops(List<Recorder.Step> steps) {
    return steps.stream().mapToDouble(step -> step.operation().flops()).sum();
  }

  static Plan of(Recorder recorder, List<? extends Node> results) {
    List<Recorder.Step> steps = needed(recorder, results);
    Set<Node> drawn = Collections.newSetFromMap(new IdentityHashMap<>());
    drawn.addAll(recorder.noise());
    Set<Node> read = Collections.newSetFromMap(new IdentityHashMap<>());
    read.addAll(results);
    Set<Node> fixed = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Recorder.Step> ofParameters = new ArrayList<>();
    List<Recorder.Step> noiseFree = new ArrayList<>();
    List<Recorder.Step> noisy = new ArrayList<>();
    for (Recorder.Step step : steps) {
      List<Node> inputs = step.operation().inputs();
      read.addAll(inputs);
      if (inputs.stream().anyMatch(drawn::contains)) {
        drawn.add(step.result());
        noisy.add(step);
      } else if (inputs.stream().allMatch(input -> fixed.contains(input) || isGiven(input))) {
        fixed.add(step.result());
        ofParameters.add(step);
      } else {
        noiseFree.add(step);
      }
    }
    List<Matrix> noise = recorder.noise().stream().filter(read::contains).toList();
    return new Plan(ofParameters, noiseFree, noisy, steps, noise);
  }

  private static boolean isGiven(Node input) {
    return input instanceof Matrix matrix && matrix.content() != null;
  }

  private static List<Recorder.Step> needed(Recorder recorder, List<? extends Node> results) {
    Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    needed.addAll(results);
    List<Recorder.Step> steps = new ArrayList<>();
    for (int i = recorder.steps().size() - 1; i >= 0; i--) {
      Recorder.Step step = recorder.steps().get(i);
      if (needed.contains(step.result())) {
        needed.addAll(step.operation().inputs());
        steps.add(step);
      }
    }
    Collections.reverse(steps);
    return steps;
  }
}
