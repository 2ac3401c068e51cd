package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;

/**
 * Gaussians of correlated dimensions: all that they say of themselves against the matrix that they
 * multiply noise by, worked on in full.
 */
class GaussiansTest {
  private static final int IMAGES = 2;
  private static final int SAMPLES = 3;
  private static final int VALUES = 4;

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new Chain(), 5),
        Arguments.of(new Grid(5, 1), 5),
        Arguments.of(new Grid(1, 4), 4),
        Arguments.of(new Grid(2, 3), 6),
        Arguments.of(new Grid(4, 2), 8),
        Arguments.of(new FullCovariance(), 5),
        Arguments.of(new FullCovariance(), 1));
  }

  /** A member for each image, of random parameters. */
  private static final class Members {
    final List<Matrix> parameters;
    final Drawn drawn;
    final Matrix logVariance;
    final Rows kl;
    final Rows squares;
    final Matrix values;
    final Matrix densities;
    final Rows sumOfDensities;
    final Matrix noise;
    final Program program;

    Members(Posterior kind, int latent, DataType type) {
      Recorder recorder = new Recorder(IMAGES, SAMPLES);
      Recorder scratch = new Recorder(IMAGES, SAMPLES);
      parameters =
          kind.parameters(scratch, scratch.constant(IMAGES, 1), latent).stream()
              .map(of -> recorder.constant(IMAGES, of.columns()))
              .toList();
      Samplable q = kind.of(recorder, parameters, latent);
      drawn = q.draw();
      noise = recorder.noise().get(0);
      logVariance = q.logVariance().orElseThrow();
      kl = q.klToStandardNormal().orElseThrow();
      Formula.Operand z = Formula.value("z");
      squares = recorder.sumOverColumns(z.squared(), Map.of(z, drawn.value()));
      values = recorder.constant(VALUES, latent);
      densities = q.logDensities(values).orElseThrow();
      sumOfDensities = recorder.sumOverColumns(z.squared(), Map.of(z, densities));
      recorder.vector("none", 1, new Start.Constant(0));
      program =
          Program.by(
              recorder,
              recorder.layout(),
              Nd4j.zeros(type, 1),
              variables(),
              List.of(
                  drawn.value(),
                  drawn.logDensity(),
                  logVariance,
                  kl,
                  squares,
                  densities,
                  sumOfDensities));
      Random random = new Random(3);
      for (Matrix matrix : variables()) {
        for (int i = 0; i < matrix.rows() * matrix.columns(); i++) {
          matrix.value().putScalar(i, (float) (0.8 * random.nextGaussian()));
        }
      }
    }

    List<Matrix> variables() {
      List<Matrix> all = new ArrayList<>(parameters);
      all.add(noise);
      all.add(values);
      return all;
    }

    private static double weight(int row) {
      return 1 + 0.3 * row;
    }

    double value() {
      program.forward();
      double sum = 0;
      for (int r = 0; r < IMAGES * SAMPLES; r++) {
        sum += weight(r) * (drawn.logDensity().value()[r] - 0.4 * squares.value()[r]);
      }
      for (int i = 0; i < IMAGES; i++) {
        sum += 0.7 * weight(i) * kl.value()[i];
      }
      for (int r = 0; r < VALUES; r++) {
        sum += 0.02 * weight(r) * sumOfDensities.value()[r];
      }
      return sum;
    }

    List<double[]> gradients() {
      value();
      for (int r = 0; r < IMAGES * SAMPLES; r++) {
        drawn.logDensity().gradient()[r] = weight(r);
        squares.gradient()[r] = -0.4 * weight(r);
      }
      for (int i = 0; i < IMAGES; i++) {
        kl.gradient()[i] = 0.7 * weight(i);
      }
      for (int r = 0; r < VALUES; r++) {
        sumOfDensities.gradient()[r] = 0.02 * weight(r);
      }
      logVariance.gradient().assign(0);
      program.backward();
      return variables().stream().map(of -> of.gradient().dup().data().asDouble()).toList();
    }
  }

  /** What a member multiplies noise by. */
  private static double[][] factor(Posterior kind, double[] packed, double[] links) {
    int k = packed.length / 2;
    double[][] below = new double[k][k];
    int next = 0;
    boolean ofPrecision = !(kind instanceof FullCovariance);
    for (int p = 0; p < k; p++) {
      below[p][p] = Math.exp((ofPrecision ? -0.5 : 0.5) * packed[k + p]);
      int end = kind instanceof Chain ? Math.min(k, p + 2) : k;
      if (kind instanceof Grid grid) {
        end = Math.min(k, (p / grid.columns() + 2) * grid.columns());
      }
      for (int q = p + 1; q < end; q++) {
        below[q][p] = links[next++];
      }
    }
    assertThat(next).isEqualTo(links.length);
    if (!ofPrecision) {
      return below;
    }
    double[][] inverse = new Dense(below).inverse().values();
    double[][] transposed = new double[k][k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        transposed[i][j] = inverse[j][i];
      }
    }
    return transposed;
  }

  private static double[] row(Matrix matrix, int row) {
    return matrix.value().getRow(row).dup().data().asDouble();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void areThoseOfTheirMatrix(Posterior kind, int k) {
    Members members = new Members(kind, k, DataType.DOUBLE);
    members.value();
    for (int image = 0; image < IMAGES; image++) {
      double[] packed = row(members.parameters.get(0), image);
      double[] links = k == 1 ? new double[0] : row(members.parameters.get(1), image);
      double[][] factor = factor(kind, packed, links);
      double[][] covariance = new double[k][k];
      double trace = 0;
      double squares = 0;
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          for (int m = 0; m < k; m++) {
            covariance[i][j] += factor[i][m] * factor[j][m];
          }
        }
        trace += covariance[i][i];
        squares += packed[i] * packed[i];
        assertThat(members.logVariance.value().getDouble(image, i))
            .isCloseTo(Math.log(covariance[i][i]), within(1e-9));
      }
      Dense dense = new Dense(covariance);
      assertThat(members.kl.value()[image])
          .isCloseTo(0.5 * (trace + squares - k - dense.logDeterminant()), within(1e-9));
      for (int r = image; r < IMAGES * SAMPLES; r += IMAGES) {
        double[] offset = new Dense(factor).times(row(members.noise, r));
        double[] expected = new double[k];
        Arrays.setAll(expected, i -> packed[i] + offset[i]);
        assertThat(row(members.drawn.value(), r)).containsExactly(expected, within(1e-9));
        double constant = k * Math.log(2 * Math.PI) + dense.logDeterminant();
        double density = -0.5 * (constant + dense.inverse().quadratic(offset));
        assertThat(members.drawn.logDensity().value()[r]).isCloseTo(density, within(1e-8));
      }
      for (int r = 0; r < VALUES; r++) {
        double[] offset = row(members.values, r);
        for (int i = 0; i < k; i++) {
          offset[i] -= packed[i];
        }
        double constant = k * Math.log(2 * Math.PI) + dense.logDeterminant();
        double density = -0.5 * (constant + dense.inverse().quadratic(offset));
        assertThat(members.densities.value().getDouble(r, image))
            .isCloseTo(density, within(1e-8 * Math.max(1, Math.abs(density))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void derivativesEqualCentralDifferences(Posterior kind, int k) {
    Members members = new Members(kind, k, DataType.DOUBLE);
    List<double[]> gradients = members.gradients();
    double h = 1e-6;
    for (int m = 0; m < gradients.size(); m++) {
      INDArray value = members.variables().get(m).value();
      for (int i = 0; i < gradients.get(m).length; i++) {
        double centre = value.getDouble(i);
        value.putScalar(i, centre + h);
        double above = members.value();
        value.putScalar(i, centre - h);
        double below = members.value();
        value.putScalar(i, centre);
        double slope = (above - below) / (2 * h);
        assertThat(gradients.get(m)[i])
            .as("matrix %d at %d", m, i)
            .isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void float32AgreesWithFloat64(Posterior kind, int k) {
    List<double[]> wide = new Members(kind, k, DataType.DOUBLE).gradients();
    Members members = new Members(kind, k, DataType.FLOAT);
    // Twice: what the first pass left must not reach the second.
    members.gradients();
    List<double[]> narrow = members.gradients();
    for (int m = 0; m < wide.size(); m++) {
      double scale = Arrays.stream(wide.get(m)).map(Math::abs).max().orElse(0);
      assertThat(narrow.get(m)).containsExactly(wide.get(m), within(1e-5 * (1 + scale)));
    }
  }
}
