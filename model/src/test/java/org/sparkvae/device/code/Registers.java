package org.sparkvae.device.code;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sparkvae.device.DeviceException;

/** The registers of the threads of a simulated block. */
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

  float[] floats(Register register) {
    return floats[register.number()];
  }

  double[] doubles(Register register) {
    return doubles[register.number()];
  }

  int[] integers(Register register) {
    return integers[register.number()];
  }

  long[] longs(Register register) {
    return longs[register.number()];
  }

  boolean[] predicates(Register register) {
    return predicates[register.number()];
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
    int number = register.number();
    switch (register.type()) {
      case F32 -> {
        float[] to = floats[number];
        float all = value.floatValue();
        for (int t = 0; t < threads; t++) {
          to[t] = active[t] ? all : to[t];
        }
      }
      case F64 -> {
        double[] to = doubles[number];
        double all = value.doubleValue();
        for (int t = 0; t < threads; t++) {
          to[t] = active[t] ? all : to[t];
        }
      }
      case S32 -> {
        int[] to = integers[number];
        int all = value.intValue();
        for (int t = 0; t < threads; t++) {
          to[t] = active[t] ? all : to[t];
        }
      }
      case S64 -> {
        long[] to = longs[number];
        long all = value.longValue();
        for (int t = 0; t < threads; t++) {
          to[t] = active[t] ? all : to[t];
        }
      }
      default -> throw new DeviceException("no number is a " + register.type());
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
}
