package org.sparkvae.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Planar flows: a draw of another family, sent through maps that each bend space along one
 * direction (Rezende & Mohamed, 2015, eq. 10 to 13 and appendix A.1).
 *
 * <p>f(z) = z + u' tanh(w . z + b), with u' = u + (softplus(w . u) - 1 - w . u) w / |w|^2, so that
 * w . u' = softplus(w . u) - 1 is above -1 and f has an inverse. log q(f(z)) = log q(z) - log(1 +
 * (1 - tanh^2(w . z + b)) w . u'), nats. u and w, [images, latent], and b, [images, 1], of each map
 * are affine in the encoder's features, by heads of weights [n, latent] and [n, 1]. The bias of w
 * starts above 0: where all features are 0, as those of a black image may be, w would be 0 as well,
 * for which there is no map.
 *
 * <p>The density is known of its own draws alone. There is no closed KL, nor a variance of each
 * dimension. The code that stands for the distribution is the base's mean, sent through the maps;
 * it is not the mean.
 *
 * @param length maps in a row
 * @param base the family whose draws are mapped
 */
public record Planar(
    @Setting(says = "Maps in a row.", otherwise = "10", least = 1) int length,
    @Setting(says = "The family whose draws are mapped.", otherwise = "diagonal-gaussian")
        Posterior base)
    implements Posterior {
  /** Where the bias of w starts. */
  private static final float START_W = 0.1f;

  /** How many matrices say a map: u, w and b. */
  private static final int PARAMETERS = 3;

  /** Checks the length. */
  public Planar {
    if (length < 1) {
      throw new IllegalArgumentException("length must be at least 1, but is " + length);
    }
  }

  /** u, w and b of each map, then the base's. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    List<Matrix> ofBase = base.parameters(recorder.at("base"), features, latent);
    List<Matrix> all = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Recorder at = recorder.at(Integer.toString(i));
      Recorder atW = at.at("w");
      all.add(at.at("u").dense(features, latent, Activation.IDENTITY));
      all.add(
          atW.dense(
              features,
              atW.weight("weight", features.columns(), latent),
              atW.vector("bias", latent, new Start.Constant(START_W)),
              Activation.IDENTITY));
      all.add(at.at("b").dense(features, 1, Activation.IDENTITY));
    }
    all.addAll(ofBase);
    return all;
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return base.misfit(latent).map(misfit -> misfit.in("base"));
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    int ofBends = length * PARAMETERS;
    List<Matrix> bends = parameters.subList(0, ofBends);
    Samplable start =
        base.of(recorder.at("base"), parameters.subList(ofBends, parameters.size()), latent);
    int images = bends.get(0).rows();
    Mapped.Step all =
        z -> {
          List<Matrix> inputs = new ArrayList<>(bends);
          inputs.add(z);
          HostLoop.Results mapped =
              HostLoop.both(recorder, inputs, z.rows(), latent, new Bends(images, latent, length));
          return new Mapped.Moved(mapped.matrix(), mapped.rows());
        };
    return new Mapped(recorder, start, List.of(all));
  }

  /** All maps, from u, w and b of each, and last z [rows, latent]. */
  private static final class Bends implements HostLoop.Body {
    private final int images;
    private final int k;
    private final int length;

    /** u' of each map and image, [length, images, k]. */
    private final double[][] push;

    private final double[][] byPush;

    /** softplus(w . u) = 1 + w . u' of each map and image, [length, images]. */
    private final double[][] reach;

    private final double[][] byReach;

    /** What each map is given, [length, rows, k], and its tanh, [length, rows]. */
    private double[][] given;

    private double[][] tanh;

    Bends(int images, int k, int length) {
      this.images = images;
      this.k = k;
      this.length = length;
      push = new double[length][images * k];
      byPush = new double[length][images * k];
      reach = new double[length][images];
      byReach = new double[length][images];
    }

    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      if (given == null) {
        given = new double[length][out.length];
        tanh = new double[length][rows.length];
      }
      for (int i = 0; i < length; i++) {
        direct(in, i);
      }
      System.arraycopy(in[in.length - 1], 0, out, 0, out.length);
      Arrays.fill(rows, 0);
      for (int i = 0; i < length; i++) {
        double[] w = in[PARAMETERS * i + 1];
        double[] b = in[PARAMETERS * i + 2];
        System.arraycopy(out, 0, given[i], 0, out.length);
        for (int row = 0; row < rows.length; row++) {
          int image = row % images;
          double h = Math.tanh(Sums.dot(w, image * k, out, row * k, k) + b[image]);
          tanh[i][row] = h;
          rows[row] += Math.log(volume(h, reach[i][image]));
          Sums.add(h, push[i], image * k, out, row * k, k);
        }
      }
    }

    /** The determinant, 1 + (1 - h^2) w . u': 1 - h^2 + h^2 is 1. */
    private static double volume(double h, double reach) {
      return h * h + (1 - h * h) * reach;
    }

    /** u' and its reach of each image. */
    private void direct(double[][] in, int i) {
      double[] u = in[PARAMETERS * i];
      double[] w = in[PARAMETERS * i + 1];
      System.arraycopy(u, 0, push[i], 0, u.length);
      for (int image = 0; image < images; image++) {
        int at = image * k;
        double wu = Sums.dot(w, at, u, at, k);
        reach[i][image] = Function.SOFTPLUS.of(wu);
        Sums.add((reach[i][image] - 1 - wu) / Sums.dot(w, at, w, at, k), w, at, push[i], at, k);
      }
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      for (int i = length - 1; i >= 0; i--) {
        double[] w = in[PARAMETERS * i + 1];
        double[] byW = byIn[PARAMETERS * i + 1];
        double[] byB = byIn[PARAMETERS * i + 2];
        Arrays.fill(byPush[i], 0);
        Arrays.fill(byReach[i], 0);
        for (int row = 0; row < byRows.length; row++) {
          int image = row % images;
          int at = image * k;
          double h = tanh[i][row];
          double slope = 1 - h * h;
          double byVolume = byRows[row] / volume(h, reach[i][image]);
          double byHeight =
              Sums.dot(push[i], at, byOut, row * k, k) + byVolume * 2 * h * (1 - reach[i][image]);
          byReach[i][image] += byVolume * slope;
          Sums.add(h, byOut, row * k, byPush[i], at, k);
          double byAngle = byHeight * slope;
          byB[image] += byAngle;
          Sums.add(byAngle, given[i], row * k, byW, at, k);
          Sums.add(byAngle, w, at, byOut, row * k, k);
        }
        directBackward(in, byIn, i);
      }
      System.arraycopy(byOut, 0, byIn[byIn.length - 1], 0, byOut.length);
    }

    private void directBackward(double[][] in, double[][] byIn, int i) {
      double[] u = in[PARAMETERS * i];
      double[] w = in[PARAMETERS * i + 1];
      double[] byU = byIn[PARAMETERS * i];
      double[] byW = byIn[PARAMETERS * i + 1];
      for (int image = 0; image < images; image++) {
        int at = image * k;
        double wu = Sums.dot(w, at, u, at, k);
        double ww = Sums.dot(w, at, w, at, k);
        double along = (reach[i][image] - 1 - wu) / ww;
        double byAlong = Sums.dot(byPush[i], at, w, at, k);
        double sigmoid = Function.SIGMOID.of(wu);
        double byWu = byReach[i][image] * sigmoid + byAlong * (sigmoid - 1) / ww;
        Sums.add(1, byPush[i], at, byU, at, k);
        Sums.add(byWu, w, at, byU, at, k);
        Sums.add(along, byPush[i], at, byW, at, k);
        Sums.add(byWu, u, at, byW, at, k);
        Sums.add(-2 * byAlong * along / ww, w, at, byW, at, k);
      }
    }
  }
}
