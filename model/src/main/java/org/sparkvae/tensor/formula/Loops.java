package org.sparkvae.tensor.formula;

import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * The instructions as loops of vectors over blocks in the heap, which reach to whole vectors. There
 * is a method for each because a compiled loop over all of them outgrows the inlining limits.
 */
final class Loops {
  private Loops() {}

  /** {@code to[0 ..] = function(from[at ..])}, so many values and the rest of the last vector. */
  static void apply(Function function, float[] from, int at, float[] to, int count) {
    switch (function) {
      case NEGATE -> negate(from, at, to, count);
      case SQUARE -> times(from, at, from, at, to, count);
      case SQRT -> sqrt(from, at, to, count);
      case EXP -> exp(from, at, to, count);
      case LOG -> log(from, at, to, count);
      case LOG1P -> log1p(from, at, to, count);
      case TANH -> tanh(from, at, to, count);
      case SIGMOID -> sigmoid(from, at, to, count);
      case SOFTPLUS -> softplus(from, at, to, count);
      case POSITIVE -> positive(from, at, to, count);
      case STEP -> step(from, at, to, count);
      case ABS -> abs(from, at, to, count);
      case SIGN -> sign(from, at, to, count);
      default -> throw new AssertionError(function);
    }
  }

  /** {@code to[0 ..] = a[atA ..] join b[atB ..]}. */
  static void join(Join join, float[] a, int atA, float[] b, int atB, float[] to, int count) {
    switch (join) {
      case PLUS -> plus(a, atA, b, atB, to, count);
      case MINUS -> minus(a, atA, b, atB, to, count);
      case TIMES -> times(a, atA, b, atB, to, count);
      case OVER -> over(a, atA, b, atB, to, count);
      case LOG_ADD_EXP -> logAddExp(a, atA, b, atB, to, count);
      default -> throw new AssertionError(join);
    }
  }

  /** {@code to[toAt ..] += from[at ..]}. */
  static void addTo(float[] to, int toAt, float[] from, int at, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, toAt + i).add(load(from, at + i)).intoArray(to, toAt + i);
    }
  }

  /** The sum in float64. */
  static double sum(float[] from, int at, int count) {
    return at == 0
        ? HostFloats.sum(from, count)
        : HostFloats.sum(Arrays.copyOfRange(from, at, at + count), count);
  }

  private static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(SPECIES, values, at);
  }

  private static void plus(float[] a, int atA, float[] b, int atB, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(a, atA + i).add(load(b, atB + i)).intoArray(to, i);
    }
  }

  private static void minus(float[] a, int atA, float[] b, int atB, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(a, atA + i).sub(load(b, atB + i)).intoArray(to, i);
    }
  }

  private static void times(float[] a, int atA, float[] b, int atB, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(a, atA + i).mul(load(b, atB + i)).intoArray(to, i);
    }
  }

  private static void over(float[] a, int atA, float[] b, int atB, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(a, atA + i).div(load(b, atB + i)).intoArray(to, i);
    }
  }

  private static void logAddExp(float[] a, int atA, float[] b, int atB, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector right = load(b, atB + i);
      right.add(VectorMath.softplus(load(a, atA + i).sub(right))).intoArray(to, i);
    }
  }

  private static void negate(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(from, at + i).neg().intoArray(to, i);
    }
  }

  private static void sqrt(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(from, at + i).lanewise(VectorOperators.SQRT).intoArray(to, i);
    }
  }

  private static void exp(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      VectorMath.exp(load(from, at + i)).intoArray(to, i);
    }
  }

  private static void log(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      VectorMath.log(load(from, at + i)).intoArray(to, i);
    }
  }

  private static void log1p(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      VectorMath.log1p(load(from, at + i)).intoArray(to, i);
    }
  }

  private static void tanh(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      VectorMath.tanh(load(from, at + i)).intoArray(to, i);
    }
  }

  private static void sigmoid(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector u = load(from, at + i);
      VectorMath.sigmoid(u, VectorMath.decay(u.abs().neg())).intoArray(to, i);
    }
  }

  private static void softplus(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      VectorMath.softplus(load(from, at + i)).intoArray(to, i);
    }
  }

  private static void positive(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      VectorMath.positive(load(from, at + i)).intoArray(to, i);
    }
  }

  private static void step(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector u = load(from, at + i);
      VectorMath.all(0f).blend(1f, u.compare(VectorOperators.GT, 0f)).intoArray(to, i);
    }
  }

  private static void abs(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(from, at + i).abs().intoArray(to, i);
    }
  }

  private static void sign(float[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector u = load(from, at + i);
      u.blend(1f, u.compare(VectorOperators.GT, 0f)).blend(-1f, u.lt(0f)).intoArray(to, i);
    }
  }
}
