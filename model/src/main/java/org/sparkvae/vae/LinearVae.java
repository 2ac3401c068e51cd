package org.sparkvae.vae;

import java.util.List;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.linear.LinearGaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;

/**
 * A VAE without hidden layers, as a linear Gaussian model whose posterior's dimensions are
 * independent.
 *
 * <p>Of x = mean + W z + noise of variances V, with the precision M = I + W^T V^-1 W, which is to
 * be diagonal: the posterior's variances are those of M^-1, and its means M^-1 W^T V^-1 (x - mean).
 * The variances depend on no z: where each value has its own, the decoder's weights of them are 0.
 *
 * @param latent dimensions of z
 * @param likelihood p(x|z)
 */
public record LinearVae(int latent, Gaussian likelihood) {
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);
  private static final String WEIGHT = "likelihood.weight";
  private static final String BIAS = "likelihood.bias";
  private static final String SHARED = "likelihood.raw-variance";

  /** The whole VAE. */
  public Vae vae() {
    return new Vae(latent, NONE, NONE, likelihood);
  }

  /** The least variance that its parameters can give. */
  double leastVariance() {
    return likelihood.varianceOf(likelihood.rawOf(0));
  }

  private ParameterLayout layout(Shape x) {
    return new ImageModel(x, vae()).layout();
  }

  private boolean shares() {
    return likelihood.variance() == Gaussian.Variance.SHARED;
  }

  /**
   * The VAE's parameter vector for a model.
   *
   * @param x the shape of an image
   */
  float[] parameters(Shape x, LinearGaussian model) {
    ParameterLayout layout = layout(x);
    float[] flat = new float[Math.toIntExact(layout.length())];
    encoder(layout, model, flat);
    for (int i = 0; i < x.values(); i++) {
      for (int k = 0; k < latent; k++) {
        flat[at(layout, WEIGHT, k, i)] = (float) model.loadings()[k][i];
      }
      flat[at(layout, BIAS, 0, i)] = (float) model.mean()[i];
      flat[raw(layout, i)] = likelihood.rawOf(model.variances()[i]);
    }
    return flat;
  }

  private void encoder(ParameterLayout layout, LinearGaussian model, float[] flat) {
    double[][] precise = model.precise();
    double[][] precision = model.precision();
    for (int k = 0; k < latent; k++) {
      double variance = 1 / precision[k][k];
      double offset = 0;
      for (int i = 0; i < model.values(); i++) {
        double slope = variance * precise[k][i];
        offset -= slope * model.mean()[i];
        flat[at(layout, "posterior.weight", i, k)] = (float) slope;
      }
      flat[at(layout, "posterior.bias", 0, k)] = (float) offset;
      flat[at(layout, "posterior.bias", 0, latent + k)] = (float) Math.log(variance);
    }
  }

  /**
   * The model of the decoder's parameters.
   *
   * @param x the shape of an image
   * @param flat the parameter vector
   */
  LinearGaussian model(Shape x, float[] flat) {
    ParameterLayout layout = layout(x);
    double[] mean = new double[x.values()];
    double[] variances = new double[x.values()];
    double[][] loadings = new double[latent][x.values()];
    for (int i = 0; i < x.values(); i++) {
      for (int k = 0; k < latent; k++) {
        loadings[k][i] = flat[at(layout, WEIGHT, k, i)];
      }
      mean[i] = flat[at(layout, BIAS, 0, i)];
      variances[i] = likelihood.varianceOf(flat[raw(layout, i)]);
    }
    return new LinearGaussian(mean, loadings, variances);
  }

  private int raw(ParameterLayout layout, int value) {
    return shares()
        ? at(layout, SHARED, 0, 0)
        : at(layout, BIAS, 0, layout.block(BIAS).columns() / 2 + value);
  }

  private static int at(ParameterLayout layout, String name, int row, int column) {
    ParameterLayout.Block block = layout.block(name);
    return Math.toIntExact(block.offset() + (long) row * block.columns() + column);
  }
}
