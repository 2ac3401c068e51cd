package org.sparkvae.tensor.device.kernel;

import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.kernels.Activation;

/** The kernels that change arrays place by place. */
public final class ElementKernels {
  private ElementKernels() {}

  private static KernelBuilder kernel(String name) {
    return new KernelBuilder(name, Skeletons.PLACES);
  }

  /** In place: a[r, :] = f(a[r, :] + bias). Arguments: a, bias, places, columns. */
  public static Kernel activate(Activation f) {
    KernelBuilder kernel = kernel("activate");
    GlobalArray a = kernel.array(Type.F32);
    GlobalArray bias = kernel.array(Type.F32);
    Value count = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Skeletons.places(
        kernel,
        count,
        place -> {
          Value u = a.load(place).plus(bias.load(place.modulo(columns)));
          a.store(place, apply(f, u));
        });
    return kernel.build();
  }

  static Value apply(Activation f, Value u) {
    return switch (f) {
      case IDENTITY -> u;
      case TANH -> Elementary.tanh(u);
      case RELU -> Elementary.positive(u);
      case SOFTPLUS -> Elementary.softplus(u);
      case ELU -> Elementary.expm1(u).blend(u, u.isGreater(0));
      case LEAKY_RELU -> u.blend(u.times((float) Activation.LEAK), u.isLess(0));
    };
  }

  /** In place: gradient *= f'(output). Arguments: output, gradient, places. */
  public static Kernel activateBackward(Activation f) {
    KernelBuilder kernel = kernel("activate_backward");
    GlobalArray output = kernel.array(Type.F32);
    GlobalArray gradient = kernel.array(Type.F32);
    Skeletons.places(
        kernel,
        kernel.argument(Type.S32),
        place -> {
          Value slope = slope(f, output.load(place));
          gradient.store(place, gradient.load(place).times(slope));
        });
    return kernel.build();
  }

  static Value slope(Activation f, Value y) {
    return switch (f) {
      case IDENTITY -> y.number(1);
      case TANH -> y.number(1).minus(y.times(y));
      case RELU -> ofNumbers(y, y.number(0).blend(1, y.isGreater(0)));
      // Where y is small, 1 - e^-y would have lost its digits.
      case SOFTPLUS -> Elementary.expm1(y.negated()).negated();
      case ELU -> y.plus(1).blend(1, y.isGreater(0));
      case LEAKY_RELU -> ofNumbers(y, y.number((float) Activation.LEAK).blend(1, y.isGreater(0)));
    };
  }

  /** What is not a number stays so. */
  private static Value ofNumbers(Value y, Value slope) {
    return y.blend(slope, y.isEqual(y));
  }

  /** In place: a[r, :] *= row[r]. Arguments: a, row, places, columns. */
  public static Kernel scaleRows() {
    KernelBuilder kernel = kernel("scale_rows");
    GlobalArray a = kernel.array(Type.F32);
    GlobalArray row = kernel.array(Type.F64);
    Value count = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Skeletons.places(
        kernel,
        count,
        place -> {
          Value factor = row.load(place.over(columns)).to(Type.F32);
          a.store(place, a.load(place).times(factor));
        });
    return kernel.build();
  }

  /** In place: y += alpha x. Arguments: x, y, places, alpha. */
  public static Kernel addScaled() {
    KernelBuilder kernel = kernel("add_scaled");
    GlobalArray x = kernel.array(Type.F32);
    GlobalArray y = kernel.array(Type.F32);
    Value count = kernel.argument(Type.S32);
    Value alpha = kernel.argument(Type.F32);
    Skeletons.places(
        kernel, count, place -> y.store(place, x.load(place).fma(alpha, y.load(place))));
    return kernel.build();
  }

  /**
   * Adam. Arguments: parameters, gradient, first moment, second moment, places, rate / correction1,
   * beta1, 1 - beta1, beta2, 1 - beta2, epsilon, 1 / correction2.
   */
  public static Kernel adam() {
    KernelBuilder kernel = kernel("adam");
    GlobalArray parameters = kernel.array(Type.F32);
    GlobalArray gradient = kernel.array(Type.F32);
    GlobalArray first = kernel.array(Type.F32);
    GlobalArray second = kernel.array(Type.F32);
    Value count = kernel.argument(Type.S32);
    Value rate = kernel.argument(Type.F32);
    Value beta1 = kernel.argument(Type.F32);
    Value rest1 = kernel.argument(Type.F32);
    Value beta2 = kernel.argument(Type.F32);
    Value rest2 = kernel.argument(Type.F32);
    Value epsilon = kernel.argument(Type.F32);
    Value inverse = kernel.argument(Type.F32);
    Skeletons.places(
        kernel,
        count,
        place -> {
          Value g = gradient.load(place);
          Value m = first.load(place).fma(beta1, g.times(rest1));
          Value v = second.load(place).fma(beta2, g.times(g).times(rest2));
          first.store(place, m);
          second.store(place, v);
          Value step = m.times(rate).over(v.times(inverse).root().plus(epsilon));
          parameters.store(place, parameters.load(place).minus(step));
        });
    return kernel.build();
  }

  /**
   * Adamax. Arguments: parameters, gradient, first moment, norm, places, rate, beta1, 1 - beta1,
   * beta2, epsilon.
   */
  public static Kernel adamax() {
    KernelBuilder kernel = kernel("adamax");
    GlobalArray parameters = kernel.array(Type.F32);
    GlobalArray gradient = kernel.array(Type.F32);
    GlobalArray first = kernel.array(Type.F32);
    GlobalArray norm = kernel.array(Type.F32);
    Value count = kernel.argument(Type.S32);
    Value rate = kernel.argument(Type.F32);
    Value beta1 = kernel.argument(Type.F32);
    Value rest1 = kernel.argument(Type.F32);
    Value beta2 = kernel.argument(Type.F32);
    Value epsilon = kernel.argument(Type.F32);
    Skeletons.places(
        kernel,
        count,
        place -> {
          Value g = gradient.load(place);
          Value m = first.load(place).fma(beta1, g.times(rest1));
          Value decayed = norm.load(place).times(beta2);
          Value size = g.magnitude();
          // A NaN in either stays one.
          Value u = decayed.blend(size, decayed.isLess(size)).plus(size.minus(size));
          first.store(place, m);
          norm.store(place, u);
          parameters.store(
              place, parameters.load(place).minus(m.times(rate).over(u.plus(epsilon))));
        });
    return kernel.build();
  }

  /** Momentum. Arguments: parameters, gradient, velocity, places, -rate, decay. */
  public static Kernel momentum() {
    KernelBuilder kernel = kernel("momentum");
    GlobalArray parameters = kernel.array(Type.F32);
    GlobalArray gradient = kernel.array(Type.F32);
    GlobalArray velocity = kernel.array(Type.F32);
    Value count = kernel.argument(Type.S32);
    Value step = kernel.argument(Type.F32);
    Value decay = kernel.argument(Type.F32);
    Skeletons.places(
        kernel,
        count,
        place -> {
          Value v = velocity.load(place).fma(decay, gradient.load(place));
          velocity.store(place, v);
          parameters.store(place, v.fma(step, parameters.load(place)));
        });
    return kernel.build();
  }
}
