package org.sparkvae.tensor.formula;

/** How two expressions are joined. */
public enum Join {
  /** a + b. */
  PLUS("+", 0),
  /** a - b. */
  MINUS("-", 0),
  /** a b. */
  TIMES("*", 1),
  /** a / b. */
  OVER("/", 1);

  private final String symbol;
  private final double neutral;

  Join(String symbol, double neutral) {
    this.symbol = symbol;
    this.neutral = neutral;
  }

  String symbol() {
    return symbol;
  }

  /** The right side that leaves the left as it is. */
  double neutral() {
    return neutral;
  }

  /** Of two numbers. */
  double of(double a, double b) {
    return switch (this) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case TIMES -> a * b;
      case OVER -> a / b;
    };
  }
}
