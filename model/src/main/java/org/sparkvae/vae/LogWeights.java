package org.sparkvae.vae;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Noise;
import org.sparkvae.tensor.Parameters;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Tape;

/**
 * Importance weights log w = log p(x|z) + log p(z) - log q(z|x) of samples z ~ q(z|x), image by
 * image, on buffers that are allocated once.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class LogWeights {
  private final int latent;
  private final int block;
  private final Kernels kernels;
  private final Tape encoderTape;
  private final Matrix encoderInput;
  private final Matrix encoded;
  private final Rows kl;
  private final Tape decoderTape;
  private final Matrix x;
  private final Matrix packed;
  private final Matrix noise;
  private final Rows logPrior;
  private final Rows logPosterior;
  private final Rows logLikelihood;
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
    Vae vae = Vae.of(spec);
    Parameters views = new Parameters(vae.layout(), parameters, null);
    this.latent = spec.latent();
    this.block = block;
    this.kernels = Kernels.of(parameters);
    encoderTape = new Tape(parameters, false);
    encoderInput = encoderTape.constant(1, spec.pixels());
    encoded =
        vae.posterior()
            .packed(encoderTape, views, vae.encoder().append(encoderTape, views, encoderInput));
    kl = vae.prior().kl(encoderTape, encoded);
    decoderTape = new Tape(parameters, false);
    x = decoderTape.constant(1, spec.pixels());
    packed = decoderTape.constant(1, 2 * latent);
    noise = decoderTape.constant(block, latent);
    Matrix z = vae.posterior().sample(decoderTape, packed, noise);
    logPrior = vae.prior().logDensity(decoderTape, z);
    logPosterior = vae.posterior().logDensity(decoderTape, packed, noise);
    Matrix decoded = vae.decoder().append(decoderTape, views, z);
    logLikelihood = vae.likelihood().logLikelihood(decoderTape, views, x, decoded);
    hostPacked = new float[2 * latent];
    hostNoise = new float[Math.multiplyExact(block, latent)];
  }

  /** Encodes one image, [pixels] values in [0, 1]; later calls are about it. */
  public void image(float[] image) {
    kernels.copyIn(image, encoderInput.value());
    encoderTape.forward();
    kernels.copyOut(encoded.value(), hostPacked);
    kernels.copyIn(image, x.value());
    kernels.copyIn(hostPacked, packed.value());
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
    return kl.value()[0];
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
    kernels.copyIn(hostNoise, noise.value());
    decoderTape.forward();
    for (int s = 0; s < count; s++) {
      logLikelihoods[s] = logLikelihood.value()[s];
      logWeight[s] = logLikelihoods[s] + logPrior.value()[s] - logPosterior.value()[s];
    }
  }
}
