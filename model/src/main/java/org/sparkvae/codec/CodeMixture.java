package org.sparkvae.codec;

import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.linear.Factor;
import org.sparkvae.prior.FittedMixture;
import org.sparkvae.prior.Gaussians;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.Autoencoder;
import org.sparkvae.vae.ImageModel;

/**
 * The mixture of a model's codes as it lies in the model's parameter vector: what a fit found is
 * written there, and the next checkpoint holds it.
 *
 * @param mixture its declaration
 * @param layout of the model's parameters
 * @param latent dimensions of a code
 */
public record CodeMixture(FittedMixture mixture, ParameterLayout layout, int latent) {
  /** As log w, of a Gaussian that has no weight left. */
  private static final double LEAST_WEIGHT = 1e-30;

  /** That of a model; empty where none is fitted. */
  public static Optional<CodeMixture> of(ImageModel model) {
    return model
        .model()
        .mixtureOfCodes()
        .map(mixture -> new CodeMixture(mixture, model.layout(), model.model().latent()));
  }

  /** Makes every Gaussian N(0, I), as before a fit. */
  public void clear(INDArray parameters) {
    for (String name : names().toList()) {
      write(name, new float[Math.toIntExact(block(name).length())], parameters);
    }
  }

  /**
   * Writes what a fit found, with the jitter on the covariances' diagonals.
   *
   * @throws IllegalStateException where it is not finite
   */
  public void write(Gaussians fitted, INDArray parameters) {
    int components = mixture.components();
    int links = latent * (latent - 1) / 2;
    float[] logits = new float[components];
    float[] gaussians = new float[components * 2 * latent];
    float[] below = new float[components * links];
    for (int k = 0; k < components; k++) {
      logits[k] = (float) Math.log(components * Math.max(LEAST_WEIGHT, fitted.weights()[k]));
      double[][] lower = Factor.lifted(fitted.covariances()[k], mixture.jitter()).lower();
      int link = k * links;
      for (int j = 0; j < latent; j++) {
        gaussians[2 * k * latent + j] = (float) fitted.means()[k][j];
        gaussians[(2 * k + 1) * latent + j] = (float) (2 * Math.log(lower[j][j]));
        for (int i = j + 1; i < latent; i++) {
          below[link++] = (float) lower[i][j];
        }
      }
    }
    write("logits", logits, parameters);
    write("gaussians", gaussians, parameters);
    if (latent > 1) {
      write("links", below, parameters);
    }
  }

  /** The mixture that the parameters are. */
  public Gaussians read(INDArray parameters) {
    int components = mixture.components();
    float[] logits = values("logits", parameters);
    float[] gaussians = values("gaussians", parameters);
    float[] below = latent > 1 ? values("links", parameters) : new float[0];
    double[] weights = new double[components];
    double[][] means = new double[components][latent];
    double[][][] covariances = new double[components][latent][latent];
    double sum = 0;
    int link = 0;
    for (int k = 0; k < components; k++) {
      weights[k] = Math.exp(logits[k]);
      sum += weights[k];
      double[][] lower = new double[latent][latent];
      for (int j = 0; j < latent; j++) {
        means[k][j] = gaussians[2 * k * latent + j];
        lower[j][j] = Math.exp(0.5 * gaussians[(2 * k + 1) * latent + j]);
        for (int i = j + 1; i < latent; i++) {
          lower[i][j] = below[link++];
        }
      }
      for (int i = 0; i < latent; i++) {
        for (int j = 0; j < latent; j++) {
          for (int m = 0; m <= Math.min(i, j); m++) {
            covariances[k][i][j] += lower[i][m] * lower[j][m];
          }
        }
      }
    }
    for (int k = 0; k < components; k++) {
      weights[k] /= sum;
    }
    return new Gaussians(weights, means, covariances);
  }

  private Stream<String> names() {
    return latent > 1
        ? Stream.of("logits", "gaussians", "links")
        : Stream.of("logits", "gaussians");
  }

  private ParameterLayout.Block block(String name) {
    return layout.block(Autoencoder.MIXTURE + "." + name);
  }

  private void write(String name, float[] values, INDArray parameters) {
    Kernels.of(parameters).copyIn(values, part(name, parameters));
  }

  private float[] values(String name, INDArray parameters) {
    INDArray part = part(name, parameters);
    float[] values = new float[Math.toIntExact(part.length())];
    Kernels.of(parameters).copyOut(part, values);
    return values;
  }

  private INDArray part(String name, INDArray parameters) {
    ParameterLayout.Block block = block(name);
    return FlatVector.part(parameters, block.offset(), block.offset() + block.length());
  }
}
