package org.sparkvae.proposal;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;
import org.sparkvae.vae.Terms;

/**
 * The covariance that an image's true posterior has near a proposed one, in the space of the noise
 * that the latter's draws are made of: Laplace's approximation, whatever the map from noise to
 * code.
 *
 * <p>The true posterior's density of the noise e is that of log p(x, z(e)) - log q(z(e)) + log N(e;
 * 0, I), up to a constant. Its Hessian at e = 0, from central differences of its gradient, is -P; L
 * = V D^(-1/2) with P = V D V^T, so that L L^T = P^-1. Directions in which it hardly bends, or not
 * down, keep a variance of at most {@link #WIDEST}: there the approximation knows nothing.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Curvature {
  /** The step of the differences, in standard deviations of the proposed posterior. */
  private static final double STEP = 0.2;

  /** The largest variance, in that of the proposed posterior. */
  private static final double WIDEST = 3;

  private final int n;
  private final Program program;
  private final Matrix x;
  private final List<Matrix> posterior;
  private final List<Matrix> noise;
  private final Terms terms;

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @throws IllegalArgumentException where draws are made of other noise than standard normal
   */
  public Curvature(ImageModel model, INDArray parameters) {
    Recorder widths = new Recorder(1, 1);
    model.model().on(widths, Batch.of(widths, model.x()), model.posterior(widths));
    if (!widths.noise().stream().allMatch(Matrix::isNormal)) {
      throw new IllegalArgumentException(
          "the covariance of normal noise is asked for, and this model draws bits");
    }
    n = widths.noise().stream().mapToInt(Matrix::columns).sum();
    Recorder recorder = new Recorder(1, 2 * n);
    Batch image = Batch.of(recorder, model.x());
    x = image.images();
    posterior = model.posterior(recorder);
    terms = model.model().on(recorder, image, posterior);
    noise = List.copyOf(recorder.noise());
    program = Program.by(recorder, model.layout(), parameters, noise, terms.ofASample());
    program.forwardOfParameters();
    setNoise();
  }

  /** Row i is a step forward along dimension i, row n + i a step back. */
  private void setNoise() {
    int from = 0;
    for (Matrix of : noise) {
      float[] host = new float[2 * n * of.columns()];
      for (int d = 0; d < of.columns(); d++) {
        host[(from + d) * of.columns() + d] = (float) STEP;
        host[(n + from + d) * of.columns() + d] = (float) -STEP;
      }
      program.kernels().copyIn(host, of.value());
      from += of.columns();
    }
  }

  /**
   * The factor of the covariance of an image's noise.
   *
   * @param image [values], in [0, 1]
   * @param proposed the parameters of the posterior
   */
  public NoiseFactor factor(float[] image, List<INDArray> proposed) {
    program.kernels().copyIn(image, x.value());
    for (int i = 0; i < proposed.size(); i++) {
      program.kernels().copy(proposed.get(i), posterior.get(i).value());
    }
    program.forwardNoiseFree();
    program.forwardNoisy();
    Arrays.fill(terms.logLikelihood().gradient(), 1);
    for (Latent z : terms.latents()) {
      Arrays.fill(z.logPrior().gradient(), 1);
      Arrays.fill(z.drawn().logDensity().gradient(), -1);
    }
    program.backward();
    return factor(precision());
  }

  /** I less the Hessian of log w, symmetric. */
  private RealMatrix precision() {
    double[][] precision = new double[n][n];
    int column = 0;
    for (Matrix of : noise) {
      float[] gradient = new float[2 * n * of.columns()];
      program.kernels().copyOut(of.gradient(), gradient);
      for (int d = 0; d < of.columns(); d++, column++) {
        for (int i = 0; i < n; i++) {
          double ahead = gradient[i * of.columns() + d];
          double behind = gradient[(n + i) * of.columns() + d];
          double half = -(ahead - behind) / (4 * STEP);
          precision[i][column] += half;
          precision[column][i] += half;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      precision[i][i] += 1;
    }
    return new Array2DRowRealMatrix(precision, false);
  }

  private static NoiseFactor factor(RealMatrix precision) {
    if (!Double.isFinite(precision.getNorm())) {
      // Of a model that has diverged: its weights tell of it.
      int n = precision.getRowDimension();
      float[] identity = new float[n * n];
      for (int i = 0; i < n; i++) {
        identity[i * n + i] = 1;
      }
      return new NoiseFactor(identity, 0);
    }
    EigenDecomposition eigen = new EigenDecomposition(precision);
    RealMatrix vectors = eigen.getV();
    int n = precision.getRowDimension();
    float[] transposed = new float[n * n];
    double logDeterminant = 0;
    for (int j = 0; j < n; j++) {
      double deviation = Math.sqrt(1 / Math.max(eigen.getRealEigenvalue(j), 1 / WIDEST));
      logDeterminant += StrictMath.log(deviation);
      for (int i = 0; i < n; i++) {
        transposed[j * n + i] = (float) (deviation * vectors.getEntry(i, j));
      }
    }
    return new NoiseFactor(transposed, logDeterminant);
  }
}
