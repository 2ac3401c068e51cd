package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Elbo;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The evidence lower bounds of some images as functions of the parameters of their posteriors, the
 * model being fixed: samples of log w, and derivatives, on buffers that are allocated once.
 *
 * <p>Images have numbered places. What comes out for an image depends on its own pixels, parameters
 * and noise alone. Not thread-safe: one instance belongs to one task.
 */
public final class PosteriorBound {
  private final int images;
  private final int samples;
  private final Program encoder;
  private final Matrix encoded;
  private final List<Matrix> encoders;
  private final Program program;
  private final Matrix x;
  private final List<Matrix> posterior;
  private final Terms terms;
  private final List<KlTerm> klTerms;
  private final float[] hostImages;
  private final double[] rowGradient;

  /**
   * Builds the computation.
   *
   * @param parameters the model's flat parameter vector, which stays as it is
   * @param images computed together
   * @param samples of each image computed together
   */
  public PosteriorBound(ImageModel model, INDArray parameters, int images, int samples) {
    this.images = images;
    this.samples = samples;
    Recorder ofEncoder = new Recorder(images, 1);
    Batch seen = Batch.of(ofEncoder, model.x());
    encoded = seen.images();
    encoders = model.model().posterior(ofEncoder, seen);
    encoder = new Program(ofEncoder, model.layout(), parameters, null, encoders);
    Recorder recorder = new Recorder(images, samples);
    Batch batch = Batch.of(recorder, model.x());
    x = batch.images();
    posterior = encoders.stream().map(given -> recorder.constant(images, given.columns())).toList();
    terms = model.model().on(recorder, batch, posterior);
    Elbo bound = new Elbo(samples, Elbo.Kl.ANALYTIC);
    klTerms = terms.latents().stream().map(z -> KlTerm.of(z, bound)).toList();
    List<Node> results = new ArrayList<>(terms.ofASample());
    klTerms.stream()
        .flatMap(KlTerm::rows)
        .filter(row -> !results.contains(row))
        .forEach(results::add);
    program = Program.by(recorder, model.layout(), parameters, posterior, results);
    hostImages = new float[Math.multiplyExact(images, x.columns())];
    rowGradient = new double[Math.multiplyExact(images, samples)];
  }

  /** Images computed together. */
  public int images() {
    return images;
  }

  /** Samples of each image computed together. */
  public int samples() {
    return samples;
  }

  /** The parameters of the posteriors, each [images, n], which may be set. */
  public List<Matrix> posterior() {
    return posterior;
  }

  /** What computes. */
  public Kernels kernels() {
    return program.kernels();
  }

  /** Sets the image at a place, [values], in [0, 1]; {@link #encode} takes notice of it. */
  public void image(int place, float[] image) {
    System.arraycopy(image, 0, hostImages, place * x.columns(), x.columns());
  }

  /** Takes the images that were set, and gives each the posterior of the encoder. */
  public void encode() {
    kernels().copyIn(hostImages, encoded.value());
    kernels().copyIn(hostImages, x.value());
    encoder.forward();
    for (int i = 0; i < posterior.size(); i++) {
      posterior.get(i).value().assign(encoders.get(i).value());
    }
  }

  /**
   * Draws samples 0 .. count - 1 of every image.
   *
   * @param keys of the images' noise, from {@link org.sparkvae.noise.Noise#key}, [images]
   * @return log w = log p(x|z) + log p(z) - log q(z), nats, [images][count]
   */
  public double[][] logWeights(long[] keys, int count) {
    double[][] all = new double[images][count];
    for (int from = 0; from < count; from += samples) {
      forward(keys, from);
      for (int s = 0; s < samples && from + s < count; s++) {
        for (int place = 0; place < images; place++) {
          all[place][from + s] = logWeight(s * images + place);
        }
      }
    }
    return all;
  }

  private double logWeight(int row) {
    double logRatio = terms.logLikelihood().value()[row];
    for (Latent z : terms.latents()) {
      logRatio = logRatio + z.logPrior().value()[row] - z.drawn().logDensity().value()[row];
    }
    return logRatio;
  }

  /**
   * Sets the gradients of {@link #posterior} to the derivatives of minus the sum of the images'
   * bounds, by as many samples as are computed together; KL terms are in closed form where there is
   * one.
   *
   * @param keys of the images' noise, [images]
   * @param firstSample number of the first sample drawn
   */
  public void differentiate(long[] keys, long firstSample) {
    forward(keys, firstSample);
    terms.ofASample().forEach(row -> Arrays.fill(row.gradient(), 0));
    Arrays.fill(rowGradient, -1.0 / samples);
    System.arraycopy(rowGradient, 0, terms.logLikelihood().gradient(), 0, rowGradient.length);
    for (KlTerm term : klTerms) {
      term.differentiate(1, rowGradient);
    }
    program.backward();
  }

  private void forward(long[] keys, long firstSample) {
    for (int place = 0; place < images; place++) {
      program.noise().draw(keys[place], place, firstSample, samples);
    }
    program.noise().send();
    program.forward();
  }
}
