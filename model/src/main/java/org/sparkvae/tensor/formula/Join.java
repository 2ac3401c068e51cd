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
  OVER("/", 1),
  /** log(e^a + e^b), of which nothing overflows. */
  LOG_ADD_EXP("logaddexp", Double.NEGATIVE_INFINITY);

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
      case LOG_ADD_EXP ->
          Math.max(a, b) + (a == b ? Math.log(2) : Math.log1p(Math.exp(-Math.abs(a - b))));
    };
  }
}
