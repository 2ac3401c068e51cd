package org.sparkvae.device.code;

import java.util.List;

/** A register of a kernel that is being built, and the arithmetic of what it holds. */
public final class Value {
  private final KernelBuilder kernel;
  private final Register register;

  Value(KernelBuilder kernel, Register register) {
    this.kernel = kernel;
    this.register = register;
  }

  Register register() {
    return register;
  }

  /** What it holds. */
  public Type type() {
    return register.type();
  }

  private Value compute(Arithmetic what, Type type, Value... others) {
    Register to = kernel.register(type);
    Register[] of = new Register[others.length + 1];
    of[0] = register;
    for (int i = 0; i < others.length; i++) {
      of[i + 1] = others[i].register;
    }
    kernel.then(new Instruction.Compute(what, to, List.of(of)));
    return new Value(kernel, to);
  }

  /** A number of this type. */
  public Value number(double number) {
    return kernel.number(type(), number);
  }

  /** The sum. */
  public Value plus(Value other) {
    return compute(Arithmetic.ADD, type(), other);
  }

  /** The sum. */
  public Value plus(double number) {
    return plus(number(number));
  }

  /** The difference. */
  public Value minus(Value other) {
    return compute(Arithmetic.SUBTRACT, type(), other);
  }

  /** The difference. */
  public Value minus(double number) {
    return minus(number(number));
  }

  /** The product. */
  public Value times(Value other) {
    return compute(Arithmetic.MULTIPLY, type(), other);
  }

  /** The product. */
  public Value times(double number) {
    return times(number(number));
  }

  /** The quotient. */
  public Value over(Value other) {
    return compute(Arithmetic.DIVIDE, type(), other);
  }

  /** The remainder of the quotient of integers. */
  public Value modulo(Value other) {
    return compute(Arithmetic.REMAINDER, type(), other);
  }

  /** this * factor + term, rounded once. */
  public Value fma(Value factor, Value term) {
    return compute(Arithmetic.MULTIPLY_ADD, type(), factor, term);
  }

  /** this * factor + term, rounded once. */
  public Value fma(Value factor, double term) {
    return fma(factor, number(term));
  }

  /** The 64-bit product of 32-bit integers plus a 64-bit integer. */
  Value wideFma(Value factor, Value term) {
    return compute(Arithmetic.MULTIPLY_ADD_WIDE, Type.S64, factor, term);
  }

  /** The square root. */
  public Value root() {
    return compute(Arithmetic.ROOT, type());
  }

  /** -this. */
  public Value negated() {
    return compute(Arithmetic.NEGATE, type());
  }

  /** |this|. */
  public Value magnitude() {
    return compute(Arithmetic.MAGNITUDE, type());
  }

  /** Bit by bit. */
  public Value and(Value other) {
    return compute(Arithmetic.AND, type(), other);
  }

  /** Bit by bit. */
  public Value and(double number) {
    return and(number(number));
  }

  /** Bit by bit. */
  public Value or(Value other) {
    return compute(Arithmetic.OR, type(), other);
  }

  /** Bit by bit. */
  public Value xor(Value other) {
    return compute(Arithmetic.XOR, type(), other);
  }

  /** Shifted to the left. */
  public Value shiftLeft(int bits) {
    return compute(Arithmetic.SHIFT_LEFT, type(), number(bits));
  }

  /** Shifted to the right, zeros from the left. */
  public Value shiftRight(int bits) {
    return compute(Arithmetic.SHIFT_RIGHT, type(), number(bits));
  }

  /** Shifted to the right, the sign from the left. */
  public Value shiftRightSigned(int bits) {
    return compute(Arithmetic.SHIFT_RIGHT_SIGNED, type(), number(bits));
  }

  /** Whether it is less. */
  public Value isLess(Value than) {
    return compute(Arithmetic.LESS, Type.PREDICATE, than);
  }

  /** Whether it is less. */
  public Value isLess(double than) {
    return isLess(number(than));
  }

  /** Whether it is greater. */
  public Value isGreater(double than) {
    return number(than).isLess(this);
  }

  /** Whether it is less or equal. */
  public Value isAtMost(Value most) {
    return compute(Arithmetic.AT_MOST, Type.PREDICATE, most);
  }

  /** Whether it is less or equal. */
  public Value isAtMost(double most) {
    return compute(Arithmetic.AT_MOST, Type.PREDICATE, number(most));
  }

  /** Whether it is greater or equal. */
  public Value isAtLeast(double least) {
    return number(least).compute(Arithmetic.AT_MOST, Type.PREDICATE, this);
  }

  /** Whether it is equal. */
  public Value isEqual(Value to) {
    return compute(Arithmetic.EQUAL, Type.PREDICATE, to);
  }

  /** Whether it is equal. */
  public Value isEqual(double to) {
    return isEqual(number(to));
  }

  /** Another value where a predicate is true, else this. */
  public Value blend(Value other, Value predicate) {
    return other.compute(Arithmetic.SELECT, type(), this, predicate);
  }

  /** The lesser of both; this where they are equal. */
  public Value lesser(Value other) {
    return blend(other, other.isLess(this));
  }

  /** The greater of both; this where they are equal. */
  public Value greater(Value other) {
    return blend(other, isLess(other));
  }

  /** A number where a predicate is true, else this. */
  public Value blend(double other, Value predicate) {
    return blend(number(other), predicate);
  }

  /** The nearest value of a floating-point type, or that of an integer type towards 0. */
  public Value to(Type other) {
    return other == type() ? this : compute(Arithmetic.CONVERT, other);
  }

  /** The bits of a float32 as an integer. */
  public Value asBits() {
    return compute(Arithmetic.REINTERPRET, Type.S32);
  }

  /** The bits of an integer as a float32. */
  public Value asFloat() {
    return compute(Arithmetic.REINTERPRET, Type.F32);
  }
}
