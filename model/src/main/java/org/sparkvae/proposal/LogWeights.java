package org.sparkvae.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Tails;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;
import org.sparkvae.vae.Terms;

/**
 * Importance weights log w = log p(x|z) + log p(z) - log q(z|x) of samples z ~ q(z|x), image by
 * image, on buffers that are allocated once. The caller gives q(z|x).
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class LogWeights {
  private final int block;
  private final Program program;
  private final Tails tails;
  private final Matrix x;
  private final List<Matrix> posterior;
  private final Terms terms;
  private final List<Matrix> means;

  /** Those of the means that depend on draws. */
  private final List<Matrix> ofDraws;

  private final Optional<Matrix> logVariance;
  private final MappedNoise mapped;
  private Optional<NoiseFactor> factor = Optional.empty();
  private int drawn;

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @param block samples computed together; every {@link #sample} call takes at most that many
   * @param tails of the posteriors that samples are drawn from
   */
  public LogWeights(ImageModel model, INDArray parameters, int block, Tails tails) {
    this.block = block;
    this.tails = tails;
    Recorder recorder = new Recorder(1, block);
    Batch image = Batch.of(recorder, model.x());
    x = image.images();
    posterior = model.posterior(recorder);
    terms = model.model().on(recorder, image, posterior);
    means = terms.latents().stream().map(z -> z.posterior().mean()).toList();
    ofDraws = means.stream().filter(recorder::isNoisy).toList();
    logVariance =
        Optional.of(terms.first().posterior())
            .filter(of -> !ofDraws.contains(means.get(0)))
            .flatMap(of -> of.logVariance());
    List<Node> results = new ArrayList<>(terms.ofASample());
    results.addAll(means);
    logVariance.ifPresent(results::add);
    terms.latents().forEach(z -> z.kl().ifPresent(results::add));
    program = new Program(recorder, model.layout(), parameters, null, results);
    program.forwardOfParameters();
    mapped = new MappedNoise(program.noise(), parameters, block);
  }

  /**
   * Takes an image; later calls are about it.
   *
   * @param image [values], in [0, 1]
   * @param proposed what samples are drawn from
   */
  public void image(float[] image, Proposed proposed) {
    program.kernels().copyIn(image, x.value());
    for (int i = 0; i < posterior.size(); i++) {
      program.kernels().copy(proposed.posterior().get(i), posterior.get(i).value());
    }
    program.forwardNoiseFree();
    factor = proposed.noise();
    factor.ifPresent(mapped::set);
  }

  /** Whether codes are continuous: none is of bits. */
  public boolean areOfContinuousCodes() {
    return terms.arePathwise();
  }

  /** Whether draws are the posterior's own, so that its closed forms are theirs. */
  private boolean drawsThePosterior() {
    return tails.keepClosedForms() && factor.isEmpty();
  }

  /**
   * The posterior's standard deviation of each dimension of the current image's code, [latent], a
   * fresh array, where it has a closed form and draws are its own.
   */
  public Optional<float[]> posteriorStandardDeviation() {
    return logVariance
        .filter(of -> drawsThePosterior())
        .map(
            of -> {
              float[] deviation = host(of);
              for (int d = 0; d < deviation.length; d++) {
                deviation[d] = (float) StrictMath.exp(0.5 * deviation[d]);
              }
              return deviation;
            });
  }

  /**
   * KL(q(z|x) || p(z)) of the current image, nats, where every latent variable's has a closed form
   * and draws are the posterior's own.
   */
  public OptionalDouble kl() {
    return drawsThePosterior() && terms.latents().stream().allMatch(z -> z.kl().isPresent())
        ? OptionalDouble.of(
            terms.latents().stream().mapToDouble(z -> z.kl().get().value()[0]).sum())
        : OptionalDouble.empty();
  }

  /**
   * The means of the posteriors of all latent variables, [latent] each, from the one next to the
   * image on: of one that depends on draws of others, the mean over the samples last drawn. Fresh
   * arrays.
   */
  public List<float[]> posteriorMeans() {
    return means.stream().map(this::meanOfDrawn).toList();
  }

  private float[] meanOfDrawn(Matrix matrix) {
    if (!ofDraws.contains(matrix)) {
      return host(matrix);
    }
    float[] values = new float[matrix.rows() * matrix.columns()];
    program.kernels().copyOut(matrix.value(), values);
    float[] mean = new float[matrix.columns()];
    for (int d = 0; d < mean.length; d++) {
      double sum = 0;
      for (int s = 0; s < drawn; s++) {
        sum += values[s * mean.length + d];
      }
      mean[d] = (float) (sum / drawn);
    }
    return mean;
  }

  private float[] host(Matrix matrix) {
    float[] values = new float[matrix.columns()];
    program.kernels().copyOut(matrix.value(), values);
    return values;
  }

  /**
   * Draws samples firstSample .. firstSample + count - 1 of a stream.
   *
   * @param key of the stream, from {@link Noise#key}
   * @param logWeight set to log w, [count], nats
   * @param logLikelihoods set to log p(x|z), [count], nats
   * @throws IllegalArgumentException if count is above the block
   */
  public void sample(
      long key, long firstSample, int count, double[] logWeight, double[] logLikelihoods) {
    if (count > block) {
      throw new IllegalArgumentException(count + " samples for a block of " + block);
    }
    // A short block computes rows that nobody reads, so that every row's arithmetic is the same.
    program.noise().draw(key, 0, firstSample, count);
    double[] logRatios = new double[count];
    tails.lengthen(program.noise(), key, firstSample, logRatios);
    factor.ifPresent(of -> mapped.map(of, logRatios));
    program.noise().send();
    program.forwardNoisy();
    drawn = count;
    for (int s = 0; s < count; s++) {
      logLikelihoods[s] = terms.logLikelihood().value()[s];
      double logRatio = logLikelihoods[s];
      for (Latent z : terms.latents()) {
        logRatio = logRatio + z.logPrior().value()[s] - z.drawn().logDensity().value()[s];
      }
      logWeight[s] = logRatio - logRatios[s];
    }
  }

  /**
   * Draws the first samples of a stream.
   *
   * @param key of the stream, from {@link Noise#key}
   * @return log w, [count], nats
   */
  public double[] sample(long key, int count) {
    double[] all = new double[count];
    double[] some = new double[block];
    for (int from = 0; from < count; from += block) {
      int size = Math.min(block, count - from);
      sample(key, from, size, some, new double[size]);
      System.arraycopy(some, 0, all, from, size);
    }
    return all;
  }
}
