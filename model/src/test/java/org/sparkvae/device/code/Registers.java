package org.sparkvae.device.code;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sparkvae.device.DeviceException;

/** The registers of the threads of a simulated block, and their arithmetic. */
final class Registers {
  private final int threads;
  private final float[][] floats;
  private final double[][] doubles;
  private final int[][] integers;
  private final long[][] longs;
  private final boolean[][] predicates;

  Registers(Kernel kernel) {
    threads = kernel.threads();
    Map<Type, Integer> counts = new EnumMap<>(Type.class);
    for (Type type : Type.values()) {
      counts.put(type, 0);
    }
    count(kernel.body(), counts);
    floats = new float[counts.get(Type.F32)][threads];
    doubles = new double[counts.get(Type.F64)][threads];
    integers = new int[counts.get(Type.S32)][threads];
    longs = new long[counts.get(Type.S64)][threads];
    predicates = new boolean[counts.get(Type.PREDICATE)][threads];
  }

  private static void count(List<Instruction> body, Map<Type, Integer> counts) {
    for (Instruction instruction : body) {
      if (instruction instanceof Instruction.Repeat repeat) {
        count(repeat.counter(), counts);
        count(repeat.body(), counts);
      } else if (instruction instanceof Instruction.When when) {
        count(when.body(), counts);
      } else if (instruction instanceof Instruction.Compute compute) {
        count(compute.to(), counts);
      } else if (instruction instanceof Instruction.Constant constant) {
        count(constant.to(), counts);
      } else if (instruction instanceof Instruction.Argument argument) {
        count(argument.to(), counts);
      } else if (instruction instanceof Instruction.Locate locate) {
        count(locate.to(), counts);
      } else if (instruction instanceof Instruction.Load load) {
        count(load.to(), counts);
      }
    }
  }

  private static void count(Register register, Map<Type, Integer> counts) {
    counts.merge(register.type(), register.number() + 1, Math::max);
  }

  boolean isTrue(Register predicate, int thread) {
    return predicates[predicate.number()][thread];
  }

  int integer(Register register, int thread) {
    return integers[register.number()][thread];
  }

  long address(Register register, int thread) {
    return longs[register.number()][thread];
  }

  void set(Register register, int thread, int value) {
    integers[register.number()][thread] = value;
  }

  void fill(Register register, Number value, boolean[] active) {
    for (int t = 0; t < threads; t++) {
      if (active[t]) {
        switch (register.type()) {
          case F32 -> floats[register.number()][t] = value.floatValue();
          case F64 -> doubles[register.number()][t] = value.doubleValue();
          case S32 -> integers[register.number()][t] = value.intValue();
          case S64 -> longs[register.number()][t] = value.longValue();
          default -> throw new DeviceException("no number is a " + register.type());
        }
      }
    }
  }

  void read(Register to, int thread, ByteBuffer from, int at, Type type) {
    switch (type) {
      case F32 -> floats[to.number()][thread] = from.getFloat(at);
      case F64 -> doubles[to.number()][thread] = from.getDouble(at);
      case S32 -> integers[to.number()][thread] = from.getInt(at);
      case S64 -> longs[to.number()][thread] = from.getLong(at);
      case U8 -> integers[to.number()][thread] = from.get(at) & 0xFF;
      case U16 -> integers[to.number()][thread] = from.getShort(at) & 0xFFFF;
      default -> throw new DeviceException("memory holds no " + type);
    }
  }

  void write(Register from, int thread, ByteBuffer to, int at, Type type) {
    switch (type) {
      case F32 -> to.putFloat(at, floats[from.number()][thread]);
      case F64 -> to.putDouble(at, doubles[from.number()][thread]);
      case S32 -> to.putInt(at, integers[from.number()][thread]);
      case S64 -> to.putLong(at, longs[from.number()][thread]);
      case U8 -> to.put(at, (byte) integers[from.number()][thread]);
      case U16 -> to.putShort(at, (short) integers[from.number()][thread]);
      default -> throw new DeviceException("memory holds no " + type);
    }
  }

  void compute(Instruction.Compute compute, boolean[] active) {
    List<Register> of = compute.of();
    Register to = compute.to();
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
    for (int t = 0; t < threads; t++) {
      if (!active[t]) {
        continue;
      }
      switch (type) {
        case F32 -> ofFloats(compute.what(), to, of, t);
        case F64 -> ofDoubles(compute.what(), to, of, t);
        case S32 -> ofIntegers(compute.what(), to, of, t);
        case S64 -> ofLongs(compute.what(), to, of, t);
        default -> ofPredicates(compute.what(), to, of, t);
      }
    }
  }

  private void ofFloats(Arithmetic what, Register to, List<Register> of, int t) {
    float a = floats[of.get(0).number()][t];
    float b = of.size() > 1 ? floats[of.get(1).number()][t] : 0;
    switch (what) {
      case LESS -> predicates[to.number()][t] = a < b;
      case AT_MOST -> predicates[to.number()][t] = a <= b;
      case EQUAL -> predicates[to.number()][t] = a == b;
      case REINTERPRET -> integers[to.number()][t] = Float.floatToRawIntBits(a);
      case CONVERT -> {
        if (to.type() == Type.F64) {
          doubles[to.number()][t] = a;
        } else {
          integers[to.number()][t] = (int) a;
        }
      }
      default -> floats[to.number()][t] = of(what, a, b, of, t);
    }
  }

  private float of(Arithmetic what, float a, float b, List<Register> of, int t) {
    return switch (what) {
      case MOVE -> a;
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MULTIPLY_ADD -> Math.fma(a, b, floats[of.get(2).number()][t]);
      case ROOT -> (float) Math.sqrt(a);
      case NEGATE -> -a;
      case MAGNITUDE -> Math.abs(a);
      case SELECT -> predicates[of.get(2).number()][t] ? a : b;
      default -> throw new DeviceException("no arithmetic of float32");
    };
  }

  private void ofDoubles(Arithmetic what, Register to, List<Register> of, int t) {
    double a = doubles[of.get(0).number()][t];
    double b = of.size() > 1 ? doubles[of.get(1).number()][t] : 0;
    switch (what) {
      case LESS -> predicates[to.number()][t] = a < b;
      case AT_MOST -> predicates[to.number()][t] = a <= b;
      case EQUAL -> predicates[to.number()][t] = a == b;
      case CONVERT -> {
        if (to.type() == Type.F32) {
          floats[to.number()][t] = (float) a;
        } else {
          integers[to.number()][t] = (int) a;
        }
      }
      default ->
          doubles[to.number()][t] =
              switch (what) {
                case MOVE -> a;
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                case MULTIPLY_ADD -> Math.fma(a, b, doubles[of.get(2).number()][t]);
                case ROOT -> Math.sqrt(a);
                case NEGATE -> -a;
                case MAGNITUDE -> Math.abs(a);
                case SELECT -> predicates[of.get(2).number()][t] ? a : b;
                default -> throw new DeviceException("no arithmetic of float64");
              };
    }
  }

  private void ofIntegers(Arithmetic what, Register to, List<Register> of, int t) {
    int a = integers[of.get(0).number()][t];
    int b = of.size() > 1 ? integers[of.get(1).number()][t] : 0;
    switch (what) {
      case LESS -> predicates[to.number()][t] = a < b;
      case AT_MOST -> predicates[to.number()][t] = a <= b;
      case EQUAL -> predicates[to.number()][t] = a == b;
      case REINTERPRET -> floats[to.number()][t] = Float.intBitsToFloat(a);
      case MULTIPLY_ADD_WIDE -> longs[to.number()][t] = (long) a * b + longs[of.get(2).number()][t];
      case CONVERT -> {
        switch (to.type()) {
          case F32 -> floats[to.number()][t] = a;
          case F64 -> doubles[to.number()][t] = a;
          default -> longs[to.number()][t] = a;
        }
      }
      default -> integers[to.number()][t] = of(what, a, b, of, t);
    }
  }

  private int of(Arithmetic what, int a, int b, List<Register> of, int t) {
    return switch (what) {
      case MOVE -> a;
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case MULTIPLY_ADD -> a * b + integers[of.get(2).number()][t];
      case NEGATE -> -a;
      case MAGNITUDE -> Math.abs(a);
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case SHIFT_LEFT -> a << b;
      case SHIFT_RIGHT -> a >>> b;
      case SHIFT_RIGHT_SIGNED -> a >> b;
      case SELECT -> predicates[of.get(2).number()][t] ? a : b;
      default -> throw new DeviceException("no arithmetic of integers");
    };
  }

  private void ofLongs(Arithmetic what, Register to, List<Register> of, int t) {
    long a = longs[of.get(0).number()][t];
    longs[to.number()][t] =
        switch (what) {
          case MOVE -> a;
          case ADD -> a + longs[of.get(1).number()][t];
          case SELECT -> predicates[of.get(2).number()][t] ? a : longs[of.get(1).number()][t];
          default -> throw new DeviceException("no arithmetic of addresses");
        };
  }

  private void ofPredicates(Arithmetic what, Register to, List<Register> of, int t) {
    boolean a = predicates[of.get(0).number()][t];
    predicates[to.number()][t] =
        switch (what) {
          case MOVE -> a;
          case AND -> a & predicates[of.get(1).number()][t];
          case OR -> a | predicates[of.get(1).number()][t];
          default -> throw new DeviceException("no arithmetic of predicates");
        };
  }
}
