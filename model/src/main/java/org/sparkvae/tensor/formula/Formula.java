package org.sparkvae.tensor.formula;

/**
 * An expression over named operands: a value for each row and column. Equal expressions are equal
 * objects to {@code equals}, and are computed once.
 */
public sealed interface Formula {
  /**
   * A named array.
   *
   * @param name unique in a formula
   * @param axes along which it varies
   */
  record Operand(String name, Axes axes) implements Formula {
    @Override
    public Formula derivative(Operand by) {
      return number(equals(by) ? 1 : 0);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A number. */
  record Number(double value) implements Formula {
    @Override
    public Formula derivative(Operand by) {
      return number(0);
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** A function of an expression. */
  record Applied(Function function, Formula of) implements Formula {
    @Override
    public Formula derivative(Operand by) {
      Formula inner = of.derivative(by);
      return isNumber(inner, 0) ? inner : inner.times(function.derivative(of));
    }

    @Override
    public String toString() {
      return function + "(" + of + ")";
    }
  }

  /** Two expressions, joined. */
  record Joined(Join join, Formula left, Formula right) implements Formula {
    @Override
    public Formula derivative(Operand by) {
      Formula l = left.derivative(by);
      Formula r = right.derivative(by);
      return switch (join) {
        case PLUS -> l.plus(r);
        case MINUS -> l.minus(r);
        case TIMES -> l.times(right).plus(left.times(r));
        case OVER ->
            // (l - (left / right) r) / right needs no square.
            l.minus(isNumber(r, 0) ? r : this.times(r)).over(right);
        case LOG_ADD_EXP ->
            l.times(left.minus(right).apply(Function.SIGMOID))
                .plus(r.times(right.minus(left).apply(Function.SIGMOID)));
      };
    }

    @Override
    public String toString() {
      return "(" + left + " " + join.symbol() + " " + right + ")";
    }
  }

  /** The derivative by an operand, place by place. */
  Formula derivative(Operand by);

  /** A value for each row and column. */
  static Operand value(String name) {
    return new Operand(name, Axes.VALUE);
  }

  /** A value for each image and column. */
  static Operand image(String name) {
    return new Operand(name, Axes.IMAGE);
  }

  /** A value for each column. */
  static Operand column(String name) {
    return new Operand(name, Axes.COLUMN);
  }

  /** A value for each row. */
  static Operand row(String name) {
    return new Operand(name, Axes.ROW);
  }

  /** One value. */
  static Operand scalar(String name) {
    return new Operand(name, Axes.SCALAR);
  }

  /** A number. */
  static Formula number(double value) {
    // -0.0 would be another number than 0.0.
    return new Number(value == 0 ? 0 : value);
  }

  /** The sum. */
  default Formula plus(Formula other) {
    return join(Join.PLUS, other);
  }

  /** The sum. */
  default Formula plus(double other) {
    return plus(number(other));
  }

  /** The difference. */
  default Formula minus(Formula other) {
    return join(Join.MINUS, other);
  }

  /** The difference. */
  default Formula minus(double other) {
    return minus(number(other));
  }

  /** The product. */
  default Formula times(Formula other) {
    return join(Join.TIMES, other);
  }

  /** The product. */
  default Formula times(double other) {
    return times(number(other));
  }

  /** The quotient. */
  default Formula over(Formula other) {
    return join(Join.OVER, other);
  }

  /** The quotient. */
  default Formula over(double other) {
    return over(number(other));
  }

  /** log(e^this + e^other). */
  default Formula logAddExp(Formula other) {
    return join(Join.LOG_ADD_EXP, other);
  }

  /** A function of this. */
  default Formula apply(Function function) {
    return this instanceof Number n ? number(function.of(n.value())) : new Applied(function, this);
  }

  /** The square. */
  default Formula squared() {
    return apply(Function.SQUARE);
  }

  /** Whether an expression is a number of that value. */
  private static boolean isNumber(Formula formula, double value) {
    return formula instanceof Number n && n.value() == value;
  }

  private Formula join(Join join, Formula other) {
    if (this instanceof Number a && other instanceof Number b) {
      return number(join.of(a.value(), b.value()));
    }
    boolean leaves = isNumber(other, join.neutral());
    return switch (join) {
      case PLUS -> leaves ? this : isNumber(this, 0) ? other : new Joined(join, this, other);
      case MINUS ->
          leaves
              ? this
              : isNumber(this, 0) ? other.apply(Function.NEGATE) : new Joined(join, this, other);
      case TIMES ->
          leaves || isNumber(this, 0)
              ? this
              : isNumber(this, 1) || isNumber(other, 0) ? other : new Joined(join, this, other);
      case OVER -> leaves || isNumber(this, 0) ? this : new Joined(join, this, other);
      case LOG_ADD_EXP -> leaves ? this : new Joined(join, this, other);
    };
  }
}
