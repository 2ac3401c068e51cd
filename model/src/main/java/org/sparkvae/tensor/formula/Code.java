package org.sparkvae.tensor.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Formulas as a list of instructions, each distinct expression computed once; immutable.
 *
 * <p>Expressions are numbered so that those an expression is made of come before it. Those that
 * vary by column at most are computed once for all rows; the others share few registers, each of
 * which is free again after its last use.
 */
public final class Code {
  private final List<Output> outputs;
  private final List<Formula> expressions;
  private final Map<Formula, Integer> numbers = new HashMap<>();

  /** By number: the numbers of the parts. Found once, as finding walks the whole expression. */
  private final int[][] parts;

  private final int[] results;
  private final int[] registers;
  private final int registerCount;

  private Code(List<Output> outputs) {
    this.outputs = List.copyOf(outputs);
    Set<Formula> found = new LinkedHashSet<>();
    for (Output output : outputs) {
      collect(output.formula(), found);
    }
    expressions = new ArrayList<>(found);
    for (int i = 0; i < expressions.size(); i++) {
      numbers.put(expressions.get(i), i);
    }
    parts = new int[expressions.size()][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts(expressions.get(i)).stream().mapToInt(this::number).toArray();
    }
    results = outputs.stream().mapToInt(output -> number(output.formula())).toArray();
    registers = new int[expressions.size()];
    registerCount = allocate();
  }

  /** Compiles outputs that are computed together. */
  public static Code of(List<Output> outputs) {
    return new Code(outputs);
  }

  private static void collect(Formula formula, Set<Formula> found) {
    if (found.contains(formula)) {
      return;
    }
    parts(formula).forEach(part -> collect(part, found));
    found.add(formula);
  }

  private static List<Formula> parts(Formula formula) {
    if (formula instanceof Formula.Applied applied) {
      return List.of(applied.of());
    }
    return formula instanceof Formula.Joined joined
        ? List.of(joined.left(), joined.right())
        : List.of();
  }

  /** Gives every expression that varies by row a register; how many it takes. */
  private int allocate() {
    int[] last = new int[expressions.size()];
    for (int i = 0; i < last.length; i++) {
      last[i] = Math.max(last[i], i);
      for (Formula part : parts(expressions.get(i))) {
        last[number(part)] = i;
      }
    }
    for (Output output : outputs) {
      last[number(output.formula())] = Integer.MAX_VALUE;
    }
    List<Integer> free = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < last.length; i++) {
      if (isInvariant(expressions.get(i))) {
        continue;
      }
      // A part that is used for the last time gives its register to the result.
      for (Formula part : new LinkedHashSet<>(parts(expressions.get(i)))) {
        if (!isInvariant(part) && last[number(part)] == i) {
          free.add(registers[number(part)]);
        }
      }
      registers[i] = free.isEmpty() ? count++ : free.remove(free.size() - 1);
      if (last[i] == i) {
        free.add(registers[i]);
      }
    }
    return count;
  }

  /** What is computed. */
  public List<Output> outputs() {
    return outputs;
  }

  /** The operands by their names, in the order of their first use. */
  public Map<String, Formula.Operand> operands() {
    Map<String, Formula.Operand> operands = new LinkedHashMap<>();
    for (Formula expression : expressions) {
      if (expression instanceof Formula.Operand operand
          && operands.put(operand.name(), operand) != null) {
        throw new IllegalArgumentException("two operands are named " + operand.name());
      }
    }
    return operands;
  }

  /** The expressions by their numbers. */
  public List<Formula> expressions() {
    return expressions;
  }

  /** The number of an expression. */
  public int number(Formula formula) {
    return numbers.get(formula);
  }

  /** The numbers of the parts of the expression of a number. */
  public int[] parts(int number) {
    return parts[number];
  }

  /** The number of an output's expression. */
  public int result(int output) {
    return results[output];
  }

  int register(int number) {
    return registers[number];
  }

  int registers() {
    return registerCount;
  }

  /** Whether an expression is the same for all rows. */
  static boolean isInvariant(Formula formula) {
    return formula instanceof Formula.Operand operand
        ? !operand.axes().variesByImage()
        : parts(formula).stream().allMatch(Code::isInvariant);
  }
}
