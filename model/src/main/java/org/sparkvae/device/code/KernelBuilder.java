package org.sparkvae.device.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sparkvae.device.code.Instruction.Place;
import org.sparkvae.device.code.Instruction.Space;

/** Builds a kernel, instruction by instruction. Not thread-safe. */
public final class KernelBuilder {
  private final String name;
  private final int threads;
  private final List<Type> parameters = new ArrayList<>();
  private final Map<Type, Integer> registers = new EnumMap<>(Type.class);
  private final Deque<List<Instruction>> open = new ArrayDeque<>();
  private int sharedBytes;

  /**
   * An empty kernel.
   *
   * @param name a word
   * @param threads of a block
   */
  public KernelBuilder(String name, int threads) {
    this.name = name;
    this.threads = threads;
    open.push(new ArrayList<>());
  }

  /** An array in global memory, whose address is the next argument. */
  public GlobalArray array(Type type) {
    return new GlobalArray(this, type, argument(Type.S64));
  }

  /** An array in global memory at an address, of {@link Type#S64}. */
  public GlobalArray array(Type type, Value address) {
    return new GlobalArray(this, type, address);
  }

  /** The next argument. */
  public Value argument(Type type) {
    Register to = register(type);
    then(new Instruction.Argument(to, parameters.size()));
    parameters.add(type);
    return new Value(this, to);
  }

  /** An array that the threads of a block share. */
  public SharedArray shared(Type type, int length) {
    int from = (sharedBytes + 15) / 16 * 16;
    sharedBytes = from + length * type.bytes();
    return new SharedArray(this, type, from);
  }

  /** Number of the thread in its block. */
  public Value thread() {
    return located(Place.THREAD);
  }

  /** First number of the block. */
  public Value block() {
    return located(Place.BLOCK_X);
  }

  /** Second number of the block. */
  public Value blockY() {
    return located(Place.BLOCK_Y);
  }

  /** Third number of the block. */
  public Value blockZ() {
    return located(Place.BLOCK_Z);
  }

  /** Number of the thread in a grid of one axis. */
  public Value threadOfGrid() {
    return block().fma(number(threads), thread());
  }

  private Value located(Place place) {
    Register to = register(Type.S32);
    then(new Instruction.Locate(to, place));
    return new Value(this, to);
  }

  /** An integer. */
  public Value number(int value) {
    return number(Type.S32, value);
  }

  /** A number. */
  public Value number(Type type, double value) {
    Register to = register(type);
    then(new Instruction.Constant(to, value));
    return new Value(this, to);
  }

  /** A register that may be set again, with a first value. */
  public Value variable(Value first) {
    Value variable = new Value(this, register(first.type()));
    set(variable, first);
    return variable;
  }

  /** Sets a register. */
  public void set(Value variable, Value to) {
    then(new Instruction.Compute(Arithmetic.MOVE, variable.register(), List.of(to.register())));
  }

  /** Adds to a register. */
  public void add(Value variable, Value term) {
    then(
        new Instruction.Compute(
            Arithmetic.ADD, variable.register(), List.of(variable.register(), term.register())));
  }

  /** Adds a product to a register, rounded once. */
  public void addProduct(Value variable, Value a, Value b) {
    then(
        new Instruction.Compute(
            Arithmetic.MULTIPLY_ADD,
            variable.register(),
            List.of(a.register(), b.register(), variable.register())));
  }

  /** For counter = from; counter < end; counter += step. */
  public void repeat(Value from, Value end, Value step, Consumer<Value> body) {
    Register counter = register(Type.S32);
    List<Instruction> inner = inner(() -> body.accept(new Value(this, counter)));
    then(new Instruction.Repeat(counter, from.register(), end.register(), step.register(), inner));
  }

  /** Where a predicate is true. */
  public void when(Value predicate, Runnable body) {
    then(new Instruction.When(predicate.register(), inner(body)));
  }

  private List<Instruction> inner(Runnable body) {
    open.push(new ArrayList<>());
    body.run();
    return open.pop();
  }

  /** All threads of the block arrive before any goes on; never where only some threads come. */
  public void barrier() {
    then(new Instruction.Barrier());
  }

  Value load(Space space, Type type, Value address) {
    Register to = register(type.inRegisters());
    then(new Instruction.Load(to, space, type, address.register()));
    return new Value(this, to);
  }

  void store(Space space, Type type, Value address, Value value) {
    then(new Instruction.Store(space, type, address.register(), value.register()));
  }

  Register register(Type type) {
    int number = registers.merge(type, 1, Integer::sum) - 1;
    return new Register(type, number);
  }

  void then(Instruction instruction) {
    open.peek().add(instruction);
  }

  /** What was built. */
  public Kernel build() {
    return new Kernel(name, parameters, threads, sharedBytes, open.peek());
  }
}
