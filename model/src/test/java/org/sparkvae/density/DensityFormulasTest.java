package org.sparkvae.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.scalar;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Activation;

/** Densities that have loops of their own are held to their formulas, derivatives too. */
class DensityFormulasTest {
  private static final int IMAGES = 2;
  private static final int SAMPLES = 3;
  private static final int WIDTH = 37;
  private static final double LOG_2PI = Math.log(2 * Math.PI);
  private static final double LEAST = 0.05;

  /** A density of x given h, both ways. */
  private enum Density {
    BERNOULLI {
      @Override
      Rows byLoops(Recorder r, Matrix x, Matrix h) {
        return BernoulliLogLikelihood.of(r, x, r.product(h, weight(r)), bias(r));
      }

      @Override
      Rows byFormula(Recorder r, Matrix x, Matrix h) {
        Formula logit = value("logit");
        Formula f = image("x").times(logit).minus(logit.apply(Function.SOFTPLUS));
        return r.sumOverColumns(f, Map.of(image("x"), x, value("logit"), affine(r, h)));
      }
    },
    GAUSSIAN_OF_ONE_VARIANCE {
      @Override
      Rows byLoops(Recorder r, Matrix x, Matrix h) {
        return GaussianSharedLogLikelihood.of(r, x, affine(r, h), raw(r), LEAST);
      }

      @Override
      Rows byFormula(Recorder r, Matrix x, Matrix h) {
        Formula variance = scalar("raw").apply(Function.SOFTPLUS).plus(LEAST);
        Formula square = image("x").minus(value("mean")).squared();
        Formula f =
            square.over(variance).plus(variance.apply(Function.LOG)).plus(LOG_2PI).times(-0.5);
        return r.sumOverColumns(
            f, Map.of(image("x"), x, value("mean"), affine(r, h), scalar("raw"), raw(r)));
      }
    },
    STANDARD_NORMAL {
      @Override
      Rows byLoops(Recorder r, Matrix x, Matrix h) {
        return StandardNormalLogDensity.of(r, affine(r, h));
      }

      @Override
      Rows byFormula(Recorder r, Matrix x, Matrix h) {
        Formula f = value("z").squared().plus(LOG_2PI).times(-0.5);
        return r.sumOverColumns(f, Map.of(value("z"), affine(r, h)));
      }
    },
    TANH_LAYER {
      @Override
      Rows byLoops(Recorder r, Matrix x, Matrix h) {
        return StandardNormalLogDensity.of(r, r.dense(h, weight(r), bias(r), Activation.TANH));
      }

      @Override
      Rows byFormula(Recorder r, Matrix x, Matrix h) {
        Formula f = value("a").apply(Function.TANH);
        return StandardNormalLogDensity.of(r, r.map(f, Map.of(value("a"), affine(r, h))));
      }
    };

    abstract Rows byLoops(Recorder r, Matrix x, Matrix h);

    abstract Rows byFormula(Recorder r, Matrix x, Matrix h);

    private static Matrix affine(Recorder r, Matrix h) {
      return r.dense(h, weight(r), bias(r), Activation.IDENTITY);
    }

    private static Parameter weight(Recorder r) {
      return r.weight("weight", WIDTH, WIDTH);
    }

    private static Parameter bias(Recorder r) {
      return r.vector("bias", WIDTH, new Start.Constant(0));
    }

    private static Parameter raw(Recorder r) {
      return r.vector("raw", 1, new Start.Constant(0));
    }
  }

  /** A recording and its results: the values of the rows, then the gradient. */
  private static double[][] run(Density density, boolean byFormula, DataType type) {
    Recorder recorder = new Recorder(IMAGES, SAMPLES);
    Matrix x = recorder.constant(IMAGES, WIDTH);
    Matrix h = recorder.normal(WIDTH);
    Rows rows = byFormula ? density.byFormula(recorder, x, h) : density.byLoops(recorder, x, h);
    ParameterLayout layout = recorder.layout();
    INDArray parameters = random(1, 0.3, layout.length()).castTo(type);
    INDArray gradient = Nd4j.valueArrayOf(parameters.shape(), Double.NaN, type);
    Program program = new Program(recorder, layout, parameters, gradient, List.of(rows));
    if (x.value() != null) {
      x.value().assign(random(2, 1, (long) IMAGES * WIDTH).reshape(IMAGES, WIDTH).castTo(type));
    }
    h.value().assign(random(3, 1, (long) h.rows() * WIDTH).reshape(h.rows(), WIDTH).castTo(type));
    program.forward();
    System.arraycopy(random(4, 1, rows.count()).toDoubleVector(), 0, rows.gradient(), 0, 6);
    program.backward();
    return new double[][] {rows.value().clone(), gradient.toDoubleVector()};
  }

  private static INDArray random(long seed, double scale, long length) {
    Random random = new Random(seed);
    double[] values = random.doubles(length).map(u -> (float) (scale * (2 * u - 1))).toArray();
    return Nd4j.createFromArray(values);
  }

  @ParameterizedTest
  @EnumSource(Density.class)
  void loopsEqualTheFormulaInFloat64(Density density) {
    assertClose(run(density, false, DataType.DOUBLE), run(density, true, DataType.DOUBLE), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(Density.class)
  void loopsEqualTheFormulaInFloat32(Density density) {
    assertClose(run(density, false, DataType.FLOAT), run(density, true, DataType.FLOAT), 3e-6);
    assertClose(run(density, true, DataType.DOUBLE), run(density, true, DataType.FLOAT), 3e-6);
  }

  private static void assertClose(double[][] expected, double[][] actual, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      double scale = 1;
      for (double v : expected[i]) {
        scale = Math.max(scale, Math.abs(v));
      }
      assertThat(actual[i]).containsExactly(expected[i], within(tolerance * scale));
    }
  }
}
