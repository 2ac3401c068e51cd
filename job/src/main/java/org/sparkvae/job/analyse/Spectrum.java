package org.sparkvae.job.analyse;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The principal components of vectors: their mean, and the eigenvalues and eigenvectors of their
 * covariance (divided by n - 1), the largest first.
 *
 * @param mean [dimensions]
 * @param eigenvalues [dimensions]
 * @param components [dimensions][dimensions], a component a row, of length 1; of both directions
 *     that in which its largest coefficient is positive
 */
record Spectrum(double[] mean, double[] eigenvalues, double[][] components)
    implements Serializable {
  private static final String VECTOR = "vector";

  /**
   * Of a column of arrays.
   *
   * @param rows at least two
   */
  static Spectrum of(Dataset<Row> rows, String column) {
    Dataset<Row> vectors = rows.select(array_to_vector(col(column)).as(VECTOR));
    Row summary =
        vectors
            .select(Summarizer.metrics("mean", "variance").summary(col(VECTOR)).as("of"))
            .select("of.mean", "of.variance")
            .head();
    double[] mean = ((Vector) summary.get(0)).toArray();
    double total = Arrays.stream(((Vector) summary.get(1)).toArray()).sum();
    int n = mean.length;
    PCAModel model = new PCA().setInputCol(VECTOR).setOutputCol("pca").setK(n).fit(vectors);
    double[] shares = model.explainedVariance().toArray();
    double[] eigenvalues = new double[n];
    if (total > 0) {
      Arrays.setAll(eigenvalues, i -> total * shares[i]);
    }
    return new Spectrum(mean, eigenvalues, components(model.pc()));
  }

  private static double[][] components(DenseMatrix columns) {
    int n = columns.numRows();
    double[][] components = new double[columns.numCols()][n];
    for (int c = 0; c < components.length; c++) {
      double largest = 0;
      for (int d = 0; d < n; d++) {
        components[c][d] = columns.apply(d, c);
        if (Math.abs(components[c][d]) > Math.abs(largest)) {
          largest = components[c][d];
        }
      }
      for (int d = 0; d < n; d++) {
        components[c][d] *= Math.signum(largest);
      }
    }
    return components;
  }

  /** Of some units that are what they are: of mean 0, variance 1, and no correlation. */
  static Spectrum ofUnits(int units) {
    double[][] components = new double[units][units];
    for (int d = 0; d < units; d++) {
      components[d][d] = 1;
    }
    double[] ones = new double[units];
    Arrays.fill(ones, 1);
    return new Spectrum(new double[units], ones, components);
  }

  /** The sum of all variances. */
  double total() {
    return Arrays.stream(eigenvalues).sum();
  }

  /** The share of a component in all variance; 0 where there is none. */
  double share(int component) {
    double total = total();
    return total > 0 ? eigenvalues[component] / total : 0;
  }

  /** The variance of a dimension. */
  double variance(int dimension) {
    return covariance(dimension, dimension);
  }

  private double covariance(int one, int other) {
    double sum = 0;
    for (int c = 0; c < eigenvalues.length; c++) {
      sum += eigenvalues[c] * components[c][one] * components[c][other];
    }
    return sum;
  }

  /** The correlations of a dimension with all; 0 with, and of, one that does not vary. */
  double[] correlations(int dimension) {
    double[] correlations = new double[mean.length];
    for (int d = 0; d < correlations.length; d++) {
      double scale = Math.sqrt(variance(dimension) * variance(d));
      if (scale > 0) {
        correlations[d] = Math.max(-1, Math.min(1, covariance(dimension, d) / scale));
      }
    }
    return correlations;
  }

  /** The point of space at coordinates along the first two components. */
  float[] at(double first, double second) {
    float[] point = new float[mean.length];
    for (int d = 0; d < point.length; d++) {
      point[d] = (float) (mean[d] + first * components[0][d] + second * components[1][d]);
    }
    return point;
  }

  /** The coordinate of a vector along a component. */
  double along(int component, double[] vector) {
    double sum = 0;
    for (int d = 0; d < vector.length; d++) {
      sum += (vector[d] - mean[d]) * components[component][d];
    }
    return sum;
  }
}
