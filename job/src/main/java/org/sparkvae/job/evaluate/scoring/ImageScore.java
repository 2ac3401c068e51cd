package org.sparkvae.job.evaluate.scoring;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.data.images.ImageName;

/**
 * What the importance-sampling pass says of one image; a row of {@code evaluation.parquet}. Nats.
 *
 * @param image which it is
 * @param logLikelihood from all K samples
 * @param elbo and its parts
 * @param posterior q(z|x)
 */
public record ImageScore(
    Image image, LogLikelihood logLikelihood, ElboParts elbo, PosteriorMoments posterior)
    implements Serializable {
  /**
   * Which image.
   *
   * @param id unique in the set
   * @param label -1 for none
   * @param name how a person finds it
   */
  public record Image(long id, int label, ImageName name) implements Serializable {}

  /**
   * The estimate of log p(x).
   *
   * @param estimate L_K
   * @param standardError of it; NaN for K = 1
   * @param diagnosis of the weights; null of a version that judged no chains, read from its table
   * @param exact log p(x) in closed form; NaN where the model has none
   */
  public record LogLikelihood(
      double estimate, double standardError, Diagnosis diagnosis, double exact)
      implements Serializable {
    /** Of a model without a closed form. */
    public LogLikelihood(double estimate, double standardError, Diagnosis diagnosis) {
      this(estimate, standardError, diagnosis, Double.NaN);
    }
  }

  /**
   * What weights tell of the estimate that is their mean.
   *
   * @param effectiveSamples (sum w)^2 / sum w^2, in 1 .. their number
   * @param paretoK the shape of the weights' tail; NaN where too few weights tell, or the largest
   *     are equal, and of annealed chains
   * @param reliable whether the weights let estimate and standard error be trusted
   * @param curve the bound at 1, 10, 100, ... and K samples; empty of annealed chains
   */
  public record Diagnosis(
      double effectiveSamples, double paretoK, boolean reliable, List<CurvePoint> curve)
      implements Serializable {}

  /**
   * The evidence lower bound of the q(z|x) that samples were drawn from, of one image or the mean
   * over several.
   *
   * @param value mean log w
   * @param reconstruction mean log p(x|z)
   * @param kl KL(q(z|x) || p(z)), in closed form where there is one, else from the samples
   */
  public record ElboParts(double value, double reconstruction, double kl) implements Serializable {}

  /**
   * The moments of the q(z|x) that samples were drawn from. A mean that depends on draws of other
   * latent variables is that over the samples of the first block.
   *
   * @param mean [latent], not a copy
   * @param standardDeviation [latent], not a copy; null where it has no closed form
   * @param meansAbove of the stochastic layers from the second on, [latent] each, not copies
   */
  public record PosteriorMoments(float[] mean, float[] standardDeviation, List<float[]> meansAbove)
      implements Serializable {
    /** Copies the list, which may be a view of another. */
    public PosteriorMoments {
      meansAbove = List.copyOf(meansAbove);
    }

    /** Of one stochastic layer. */
    public PosteriorMoments(float[] mean, float[] standardDeviation) {
      this(mean, standardDeviation, List.of());
    }

    /** The means of all layers one after the other, from the first on. */
    public float[] means() {
      float[] all = Arrays.copyOf(mean, Arrays.stream(layers()).sum());
      int at = mean.length;
      for (float[] above : meansAbove) {
        System.arraycopy(above, 0, all, at, above.length);
        at += above.length;
      }
      return all;
    }

    /** Dimensions of every layer, from the first on. */
    public int[] layers() {
      return IntStream.concat(
              IntStream.of(mean.length), meansAbove.stream().mapToInt(above -> above.length))
          .toArray();
    }
  }

  public long id() {
    return image.id();
  }

  /** The same with log p(x) in closed form. */
  ImageScore withExact(double exact) {
    return new ImageScore(
        image,
        new LogLikelihood(
            logLikelihood.estimate(),
            logLikelihood.standardError(),
            logLikelihood.diagnosis(),
            exact),
        elbo,
        posterior);
  }

  /** True where log p(x) could be estimated: no weight is NaN or infinite, and not all are 0. */
  public boolean isFinite() {
    return Double.isFinite(logLikelihood.estimate()) && Double.isFinite(elbo.kl());
  }
}
