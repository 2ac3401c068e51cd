package org.sparkvae.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

/** Fits and densities against dense matrices, and against the closed form of the likelihood. */
class LinearModelsTest {
  private static final int VALUES = DrawnImages.VALUES;
  private static final int LATENT = 3;
  private static final double LEAST = 1e-4;
  private static final byte[] LEVELS = DrawnImages.levels(500, 2);
  private static final Covariance IMAGES = DrawnImages.moments(LEVELS).covariance();

  @Test
  void theDensityIsThatOfTheWholeCovariance() {
    LinearGaussian model = any();
    LogDensity density = new LogDensity(model);
    double mean = 0;
    for (int n = 0; n < 500; n++) {
      float[] x = DrawnImages.image(LEVELS, n);
      double logP = density.of(x);
      assertThat(logP).isCloseTo(dense(model, x), within(1e-9));
      mean += logP / 500;
    }
    assertThat(density.mean(IMAGES)).isCloseTo(mean, within(1e-5));
  }

  /** Tipping & Bishop, eq. 4 at its maximum. */
  @Test
  void principalComponentsHaveTheLikelihoodOfTheEigenvalues() {
    double[] values =
        new EigenDecomposition(matrix(IMAGES.matrix())).getRealEigenvalues(); // falling
    double variance = 0;
    double logs = 0;
    for (int i = 0; i < VALUES; i++) {
      if (i < LATENT) {
        logs += Math.log(values[i]);
      } else {
        variance += values[i] / (VALUES - LATENT);
      }
    }
    double expected =
        -0.5
            * (VALUES * Math.log(2 * Math.PI)
                + logs
                + (VALUES - LATENT) * Math.log(variance)
                + VALUES);

    LinearGaussian model = PrincipalComponents.of(IMAGES, LATENT, 1e-9);

    assertThat(model.variances()).containsOnly(new double[] {variance}, within(1e-12));
    assertThat(new LogDensity(model).mean(IMAGES)).isCloseTo(expected, within(1e-9));
    assertDiagonalPrecision(model);
  }

  @Test
  void aVarianceAboveWhatTheImagesLeaveIsKept() {
    LinearGaussian model = PrincipalComponents.of(IMAGES, VALUES - 1, 0.01);
    assertThat(model.variances()).containsOnly(0.01);
    double best = new LogDensity(model).mean(IMAGES);
    for (double factor : new double[] {0.97, 1.03}) {
      double[][] loadings = model.loadings().clone();
      loadings[0] = Arrays.stream(loadings[0]).map(w -> factor * w).toArray();
      LinearGaussian other = new LinearGaussian(model.mean(), loadings, model.variances());
      assertThat(new LogDensity(other).mean(IMAGES)).isLessThan(best);
    }
  }

  @Test
  void noIterationLowersTheLikelihoodAndTheEndIsAMaximum() {
    try (FactorEm em = new FactorEm(IMAGES, LATENT, LEAST)) {
      for (int i = 0; i < 3000; i++) {
        double before = em.logLikelihood();
        em.step();
        assertThat(em.logLikelihood()).as("iteration %d", i).isGreaterThan(before - 1e-11);
        assertThat(Arrays.stream(em.model().variances()).min().getAsDouble())
            .isGreaterThanOrEqualTo(LEAST);
      }
      assertThat(em.model().variances()[DrawnImages.CONSTANT]).isEqualTo(LEAST);
      assertThat(new LogDensity(em.model()).mean(IMAGES))
          .isCloseTo(em.logLikelihood(), within(1e-9));
      assertNothingNearIsBetter(em.model());
    }
  }

  private static void assertNothingNearIsBetter(LinearGaussian model) {
    double best = new LogDensity(model).mean(IMAGES);
    Random random = new Random(9);
    for (int tried = 0; tried < 50; tried++) {
      double[][] loadings = new double[LATENT][VALUES];
      double[] variances = new double[VALUES];
      for (int i = 0; i < VALUES; i++) {
        for (int k = 0; k < LATENT; k++) {
          loadings[k][i] = model.loadings()[k][i] + 1e-3 * random.nextGaussian();
        }
        variances[i] =
            Math.max(LEAST, model.variances()[i] * Math.exp(0.02 * random.nextGaussian()));
      }
      LinearGaussian near = new LinearGaussian(model.mean(), loadings, variances);
      assertThat(new LogDensity(near).mean(IMAGES)).isLessThan(best);
    }
  }

  @Test
  void aRotationChangesThePosteriorAlone() {
    LinearGaussian rotated = any().rotated();
    assertDiagonalPrecision(rotated);
    assertThat(new LogDensity(rotated).mean(IMAGES))
        .isCloseTo(new LogDensity(any()).mean(IMAGES), within(1e-9));
  }

  private static void assertDiagonalPrecision(LinearGaussian model) {
    double[][] precision = model.precision();
    for (int k = 0; k < precision.length; k++) {
      for (int l = 0; l < precision.length; l++) {
        if (k != l) {
          assertThat(precision[k][l]).isCloseTo(0, within(1e-10 * precision[k][k]));
        } else if (k > 0) {
          assertThat(precision[k][k]).isLessThanOrEqualTo(precision[k - 1][k - 1]);
        }
      }
    }
  }

  private static LinearGaussian any() {
    Random random = new Random(4);
    double[][] loadings = new double[LATENT][VALUES];
    double[] mean = new double[VALUES];
    double[] variances = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      mean[i] = random.nextDouble();
      variances[i] = 0.01 * (1 + random.nextDouble());
      for (int k = 0; k < LATENT; k++) {
        loadings[k][i] = 0.2 * random.nextGaussian();
      }
    }
    return new LinearGaussian(mean, loadings, variances);
  }

  private static double dense(LinearGaussian model, float[] x) {
    RealMatrix loadings = new Array2DRowRealMatrix(model.loadings());
    RealMatrix covariance =
        loadings
            .transpose()
            .multiply(loadings)
            .add(MatrixUtils.createRealDiagonalMatrix(model.variances()));
    RealVector residual = new ArrayRealVector(VALUES);
    for (int i = 0; i < VALUES; i++) {
      residual.setEntry(i, x[i] - model.mean()[i]);
    }
    LUDecomposition solved = new LUDecomposition(covariance);
    return -0.5
        * (VALUES * Math.log(2 * Math.PI)
            + Math.log(solved.getDeterminant())
            + residual.dotProduct(solved.getSolver().solve(residual)));
  }

  private static RealMatrix matrix(double[] flat) {
    RealMatrix matrix = new Array2DRowRealMatrix(VALUES, VALUES);
    for (int i = 0; i < VALUES; i++) {
      for (int j = 0; j < VALUES; j++) {
        matrix.setEntry(i, j, flat[i * VALUES + j]);
      }
    }
    return matrix;
  }
}
