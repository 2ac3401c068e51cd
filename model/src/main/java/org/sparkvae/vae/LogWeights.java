package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;

/**
 * Importance weights log w = log p(x|z) + log p(z) - log q(z|x) of samples z ~ q(z|x), image by
 * image, on buffers that are allocated once.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class LogWeights {
  private final int block;
  private final Program program;
  private final Matrix x;
  private final Terms terms;
  private final Matrix mean;
  private final Optional<Matrix> logVariance;

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @param block samples computed together; every {@link #sample} call takes at most that many
   */
  public LogWeights(ImageModel model, INDArray parameters, int block) {
    this.block = block;
    Recorder recorder = new Recorder(1, block);
    Batch image = Batch.of(recorder, model.x());
    x = image.images();
    terms = model.model().on(recorder, image);
    mean = terms.first().posterior().mean();
    logVariance = terms.first().posterior().logVariance();
    List<Node> results = new ArrayList<>(terms.ofASample());
    results.add(mean);
    logVariance.ifPresent(results::add);
    terms.latents().forEach(z -> z.kl().ifPresent(results::add));
    program = new Program(recorder, model.layout(), parameters, null, results);
    program.forwardOfParameters();
  }

  /** Encodes one image, [values], in [0, 1]; later calls are about it. */
  public void image(float[] image) {
    program.kernels().copyIn(image, x.value());
    program.forwardNoiseFree();
  }

  /** The posterior's code of the current image, [latent], a fresh array. */
  public float[] posteriorMean() {
    return host(mean);
  }

  /**
   * The posterior's standard deviation of each dimension of the current image's code, [latent], a
   * fresh array, where it has a closed form.
   */
  public Optional<float[]> posteriorStandardDeviation() {
    return logVariance.map(
        of -> {
          float[] deviation = host(of);
          for (int d = 0; d < deviation.length; d++) {
            deviation[d] = (float) StrictMath.exp(0.5 * deviation[d]);
          }
          return deviation;
        });
  }

  /** KL(q(z|x) || p(z)) of the current image, nats, where every latent variable's has a form. */
  public OptionalDouble kl() {
    return terms.latents().stream().allMatch(z -> z.kl().isPresent())
        ? OptionalDouble.of(
            terms.latents().stream().mapToDouble(z -> z.kl().get().value()[0]).sum())
        : OptionalDouble.empty();
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
    program.noise().send();
    program.forwardNoisy();
    for (int s = 0; s < count; s++) {
      logLikelihoods[s] = terms.logLikelihood().value()[s];
      double logRatio = logLikelihoods[s];
      for (Latent z : terms.latents()) {
        logRatio = logRatio + z.logPrior().value()[s] - z.drawn().logDensity().value()[s];
      }
      logWeight[s] = logRatio;
    }
  }
}
