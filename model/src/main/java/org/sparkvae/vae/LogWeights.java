package org.sparkvae.vae;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Noise;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;

/**
 * Importance weights log w = log p(x|z) + log p(z) - log q(z|x) of samples z ~ q(z|x), image by
 * image, on buffers that are allocated once.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class LogWeights {
  private final int latent;
  private final int block;
  private final Program program;
  private final Matrix x;
  private final Terms terms;
  private final float[] hostPacked;
  private final float[] hostNoise;

  /**
   * Builds the computation.
   *
   * @param spec the model
   * @param parameters the flat parameter vector
   * @param block samples computed together; every {@link #sample} call takes at most that many
   */
  public LogWeights(VaeSpec spec, INDArray parameters, int block) {
    Vae vae = new Vae(spec);
    this.latent = spec.latent();
    this.block = block;
    Recorder recorder = new Recorder(1, block);
    x = recorder.constant(1, spec.pixels());
    terms = vae.on(recorder, x);
    program = new Program(recorder, vae.layout(), parameters, null, terms.all());
    hostPacked = new float[2 * latent];
    hostNoise = new float[Math.multiplyExact(block, latent)];
  }

  /** Encodes one image, [pixels] values in [0, 1]; later calls are about it. */
  public void image(float[] image) {
    program.kernels().copyIn(image, x.value());
    program.forwardNoiseFree();
    program.kernels().copyOut(terms.posterior().packed().value(), hostPacked);
  }

  /** The posterior's mean of the current image, [latent], a fresh array. */
  public float[] posteriorMean() {
    return Arrays.copyOf(hostPacked, latent);
  }

  /** The posterior's standard deviation of the current image, [latent], a fresh array. */
  public float[] posteriorStandardDeviation() {
    float[] deviation = new float[latent];
    for (int d = 0; d < latent; d++) {
      deviation[d] = (float) StrictMath.exp(0.5 * hostPacked[latent + d]);
    }
    return deviation;
  }

  /** KL(q(z|x) || p(z)) of the current image in closed form, nats. */
  public double kl() {
    return terms.kl().value()[0];
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
    Noise.normal(key, firstSample, count, hostNoise, 0, latent, latent);
    // A short block computes rows that nobody reads, so that every row's arithmetic is the same.
    Arrays.fill(hostNoise, count * latent, hostNoise.length, 0);
    program.kernels().copyIn(hostNoise, terms.noise().value());
    program.forwardNoisy();
    for (int s = 0; s < count; s++) {
      logLikelihoods[s] = terms.logLikelihood().value()[s];
      logWeight[s] =
          logLikelihoods[s] + terms.logPrior().value()[s] - terms.logPosterior().value()[s];
    }
  }
}
