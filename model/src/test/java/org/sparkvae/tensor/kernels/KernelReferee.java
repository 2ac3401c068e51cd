package org.sparkvae.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.tensor.device.DeviceKernels;
import org.sparkvae.tensor.formula.Run;

/**
 * Runs one call on the fused float32 loops, on a simulated device and on plain ND4J in float64, and
 * compares.
 */
public final class KernelReferee {
  private KernelReferee() {}

  /** A kernel call on arguments that it draws; answers with all that it set. */
  @FunctionalInterface
  public interface Call {
    double[][] on(Kernels kernels, Views views);
  }

  /** {@link #agree} for the fused loops, then for their formulas in blocks. */
  public static void agreeInEveryForm(double tolerance, double ofFormulas, Call call) {
    agree(tolerance, call);
    agree(ofFormulas, (kernels, views) -> call.on(withoutLoops(kernels), views));
  }

  /** Kernels that run the formula of whatever has loops of its own. */
  private static Kernels withoutLoops(Kernels kernels) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) ->
                method.getName().equals("fitting")
                    ? arguments[1]
                    : method.invoke(kernels, arguments));
  }

  /** Kernels of a simulated device that leave everything in host memory. */
  private static Kernels onDevice() {
    DeviceKernels kernels = new DeviceKernels(new SimulatedDevice(1 << 24));
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("own")) {
                return kernels.own().map(own -> settling(own, kernels));
              }
              Object result = method.invoke(kernels, arguments);
              kernels.settle();
              return result instanceof Run run
                  ? (Run)
                      betas -> {
                        run.run(betas);
                        kernels.settle();
                      }
                  : result;
            });
  }

  /** Operations' own kernels that leave everything in host memory. */
  private static OwnKernels settling(OwnKernels own, DeviceKernels kernels) {
    return (name, build) -> {
      OwnKernels.Arguments launch = own.launch(name, build);
      return (OwnKernels.Arguments)
          Proxy.newProxyInstance(
              Kernels.class.getClassLoader(),
              new Class<?>[] {OwnKernels.Arguments.class},
              (proxy, method, arguments) -> {
                method.invoke(launch, arguments);
                if (method.getName().equals("run")) {
                  kernels.settle();
                  return null;
                }
                return proxy;
              });
    };
  }

  /** Fails where an output is off by more than tolerance * (1 + |expected|). */
  public static void agree(double tolerance, Call call) {
    agree(new VectorKernels(), tolerance, call);
    agree(onDevice(), tolerance, call);
  }

  /** {@link #agree(double, Call)} for some kernels. */
  static void agree(Kernels fused, double tolerance, Call call) {
    for (long seed = 1; seed <= 3; seed++) {
      Views views = new Views(DataType.FLOAT, seed);
      double[][] actual = call.on(fused, views);
      double[][] expected = call.on(new Nd4jKernels(), new Views(DataType.DOUBLE, seed));
      assertThat(views.areUntouchedAround()).as("values outside the views are untouched").isTrue();
      assertThat(actual.length).isEqualTo(expected.length);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i].length).isEqualTo(expected[i].length);
        for (int j = 0; j < actual[i].length; j++) {
          double error = Math.abs(actual[i][j] - expected[i][j]) / (1 + Math.abs(expected[i][j]));
          assertThat(error)
              .as("output %d at %d: %s, not %s", i, j, actual[i][j], expected[i][j])
              .isLessThanOrEqualTo(tolerance);
        }
      }
    }
  }

  public static double[] values(INDArray array) {
    return array.dup('c').reshape(array.length()).castTo(DataType.DOUBLE).toDoubleVector();
  }
}
