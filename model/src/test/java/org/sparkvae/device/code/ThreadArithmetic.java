package org.sparkvae.device.code;

import java.util.List;
import org.sparkvae.device.DeviceException;

/**
 * What the threads of a simulated block compute.
 *
 * @param registers of all of them
 * @param threads how many there are
 */
record ThreadArithmetic(Registers registers, int threads) {
  /**
   * Computes in the active threads.
   *
   * <p>The registers' arrays are found once for all of them: a simulated step spends its time here.
   */
  void compute(Instruction.Compute compute, boolean[] active) {
    List<Register> of = compute.of();
    Type type = of.get(0).type();
    for (Register other : of.subList(1, of.size())) {
      boolean fits =
          other.type() == type
              || compute.what() == Arithmetic.SELECT && other.type() == Type.PREDICATE
              || compute.what() == Arithmetic.MULTIPLY_ADD_WIDE;
      if (!fits) {
        throw new DeviceException("registers of different types");
      }
    }
    switch (type) {
      case F32 -> ofFloats(compute, active);
      case F64 -> ofDoubles(compute, active);
      case S32 -> ofIntegers(compute, active);
      case S64 -> ofLongs(compute, active);
      default -> ofPredicates(compute, active);
    }
  }

  private void ofFloats(Instruction.Compute compute, boolean[] active) {
    Arithmetic what = compute.what();
    Register to = compute.to();
    float[] a = registers.floats(compute.of().get(0));
    float[] b = registers.floats(second(compute));
    switch (what) {
      case LESS, AT_MOST, EQUAL -> {
        boolean[] result = registers.predicates(to);
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = holds(what, a[t], b[t]);
          }
        }
      }
      case REINTERPRET -> {
        int[] result = registers.integers(to);
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = Float.floatToRawIntBits(a[t]);
          }
        }
      }
      case CONVERT -> {
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            convert(a[t], to, t);
          }
        }
      }
      case SELECT -> {
        float[] result = registers.floats(to);
        boolean[] first = registers.predicates(compute.of().get(2));
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = first[t] ? a[t] : b[t];
          }
        }
      }
      default -> {
        float[] result = registers.floats(to);
        float[] c = what == Arithmetic.MULTIPLY_ADD ? registers.floats(compute.of().get(2)) : a;
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = of(what, a[t], b[t], c[t]);
          }
        }
      }
    }
  }

  /** The second operand; the first, which is then not used, where there is one. */
  private static Register second(Instruction.Compute compute) {
    List<Register> of = compute.of();
    return of.get(of.size() > 1 ? 1 : 0);
  }

  /** Float32 is compared as float64 is. */
  private static boolean holds(Arithmetic comparison, double a, double b) {
    return switch (comparison) {
      case LESS -> a < b;
      case AT_MOST -> a <= b;
      default -> a == b;
    };
  }

  private static float of(Arithmetic what, float a, float b, float c) {
    return switch (what) {
      case MOVE -> a;
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MULTIPLY_ADD -> Math.fma(a, b, c);
      case ROOT -> (float) Math.sqrt(a);
      case NEGATE -> -a;
      case MAGNITUDE -> Math.abs(a);
      default -> throw new DeviceException("no arithmetic of float32");
    };
  }

  private void ofDoubles(Instruction.Compute compute, boolean[] active) {
    Arithmetic what = compute.what();
    Register to = compute.to();
    double[] a = registers.doubles(compute.of().get(0));
    double[] b = registers.doubles(second(compute));
    switch (what) {
      case LESS, AT_MOST, EQUAL -> {
        boolean[] result = registers.predicates(to);
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = holds(what, a[t], b[t]);
          }
        }
      }
      case CONVERT -> {
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            convert(a[t], to, t);
          }
        }
      }
      case SELECT -> {
        double[] result = registers.doubles(to);
        boolean[] first = registers.predicates(compute.of().get(2));
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = first[t] ? a[t] : b[t];
          }
        }
      }
      default -> {
        double[] result = registers.doubles(to);
        double[] c = what == Arithmetic.MULTIPLY_ADD ? registers.doubles(compute.of().get(2)) : a;
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = of(what, a[t], b[t], c[t]);
          }
        }
      }
    }
  }

  private static double of(Arithmetic what, double a, double b, double c) {
    return switch (what) {
      case MOVE -> a;
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MULTIPLY_ADD -> Math.fma(a, b, c);
      case ROOT -> Math.sqrt(a);
      case NEGATE -> -a;
      case MAGNITUDE -> Math.abs(a);
      default -> throw new DeviceException("no arithmetic of float64");
    };
  }

  private void ofIntegers(Instruction.Compute compute, boolean[] active) {
    Arithmetic what = compute.what();
    Register to = compute.to();
    int[] a = registers.integers(compute.of().get(0));
    int[] b = registers.integers(second(compute));
    switch (what) {
      case LESS, AT_MOST, EQUAL -> {
        boolean[] result = registers.predicates(to);
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = holds(what, a[t], b[t]);
          }
        }
      }
      case REINTERPRET -> {
        float[] result = registers.floats(to);
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = Float.intBitsToFloat(a[t]);
          }
        }
      }
      case MULTIPLY_ADD_WIDE -> {
        long[] result = registers.longs(to);
        long[] c = registers.longs(compute.of().get(2));
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = (long) a[t] * b[t] + c[t];
          }
        }
      }
      case CONVERT -> {
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            convert(a[t], compute.to(), t);
          }
        }
      }
      case SELECT -> {
        int[] result = registers.integers(to);
        boolean[] first = registers.predicates(compute.of().get(2));
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = first[t] ? a[t] : b[t];
          }
        }
      }
      default -> {
        int[] result = registers.integers(to);
        int[] c = what == Arithmetic.MULTIPLY_ADD ? registers.integers(compute.of().get(2)) : a;
        for (int t = 0; t < threads; t++) {
          if (active[t]) {
            result[t] = of(what, a[t], b[t], c[t]);
          }
        }
      }
    }
  }

  private void convert(double value, Register to, int thread) {
    switch (to.type()) {
      case F32 -> registers.floats(to)[thread] = (float) value;
      case F64 -> registers.doubles(to)[thread] = value;
      case S32 -> registers.integers(to)[thread] = (int) value;
      default -> registers.longs(to)[thread] = (long) value;
    }
  }

  private static int of(Arithmetic what, int a, int b, int c) {
    return switch (what) {
      case MOVE -> a;
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case MULTIPLY_ADD -> a * b + c;
      case NEGATE -> -a;
      case MAGNITUDE -> Math.abs(a);
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case SHIFT_LEFT -> a << b;
      case SHIFT_RIGHT -> a >>> b;
      case SHIFT_RIGHT_SIGNED -> a >> b;
      default -> throw new DeviceException("no arithmetic of integers");
    };
  }

  private void ofLongs(Instruction.Compute compute, boolean[] active) {
    Arithmetic what = compute.what();
    long[] to = registers.longs(compute.to());
    long[] a = registers.longs(compute.of().get(0));
    long[] b = what == Arithmetic.MOVE ? a : registers.longs(compute.of().get(1));
    boolean[] first =
        what == Arithmetic.SELECT ? registers.predicates(compute.of().get(2)) : active;
    for (int t = 0; t < threads; t++) {
      if (active[t]) {
        to[t] =
            switch (what) {
              case MOVE -> a[t];
              case ADD -> a[t] + b[t];
              case SELECT -> first[t] ? a[t] : b[t];
              default -> throw new DeviceException("no arithmetic of addresses");
            };
      }
    }
  }

  private void ofPredicates(Instruction.Compute compute, boolean[] active) {
    Arithmetic what = compute.what();
    boolean[] to = registers.predicates(compute.to());
    boolean[] a = registers.predicates(compute.of().get(0));
    boolean[] b = what == Arithmetic.MOVE ? a : registers.predicates(compute.of().get(1));
    for (int t = 0; t < threads; t++) {
      if (active[t]) {
        to[t] =
            switch (what) {
              case MOVE -> a[t];
              case AND -> a[t] & b[t];
              case OR -> a[t] | b[t];
              default -> throw new DeviceException("no arithmetic of predicates");
            };
      }
    }
  }
}
