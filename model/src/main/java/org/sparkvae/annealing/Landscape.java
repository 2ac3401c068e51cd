package org.sparkvae.annealing;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.density.StandardNormalLogDensity;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;
import org.sparkvae.vae.Terms;

/**
 * The log-densities between which chains are annealed, base + temperature rise, as functions of a
 * chain's state: a normalised base that can be drawn from, and a rise such that the integral of
 * exp(base + rise) is p(x). Nats.
 *
 * <p>Rows are the chains of several images, sample-major: row r is of image r mod images.
 */
final class Landscape {
  private final int images;
  private final int chains;
  private final int pixels;
  private final int dimensions;
  private final Potential base;
  private final Potential rise;
  private final Matrix x;
  private final Program origin;
  private final Matrix drawn;
  private final float[] hostImages;

  private Landscape(
      Recorder recorder, Potential base, Potential rise, Matrix x, Program origin, Matrix drawn) {
    images = recorder.images();
    chains = recorder.samples();
    pixels = x.columns();
    dimensions = drawn.columns();
    this.base = base;
    this.rise = rise;
    this.x = x;
    this.origin = origin;
    this.drawn = drawn;
    hostImages = new float[Math.multiplyExact(images, pixels)];
  }

  /**
   * From where the settings say.
   *
   * @param images whose chains run together
   * @param chains of each
   */
  static Landscape of(
      Annealed.Start start, ImageModel model, INDArray parameters, int images, int chains) {
    return switch (start) {
      case ENCODER -> fromEncoder(model, parameters, images, chains);
      case PRIOR -> fromPrior(model, parameters, images, chains);
    };
  }

  /**
   * From the prior: the state is the code z, the base log p(z), the rise log p(x|z).
   *
   * @param images whose chains run together
   * @param chains of each
   */
  static Landscape fromPrior(ImageModel model, INDArray parameters, int images, int chains) {
    ParameterLayout layout = model.layout();
    Recorder recorder = new Recorder(images, chains);
    Batch batch = batch(recorder, model);
    Matrix z = recorder.normal(model.model().latent());
    Rows logLikelihood = model.model().given(recorder, z, model.x()).logDensity(batch.images());
    Potential rise =
        new Potential(recorder, layout, parameters, List.of(z), List.of(logLikelihood), List.of());

    Recorder ofBase = new Recorder(images, chains);
    Matrix code = ofBase.normal(model.model().latent());
    Rows logPrior = model.model().prior(ofBase, model.x()).orElseThrow().logDensity(code);
    Potential base =
        new Potential(ofBase, layout, parameters, List.of(code), List.of(logPrior), List.of());

    Recorder ofOrigin = new Recorder(images, chains);
    Matrix drawn = model.model().codes(ofOrigin, model.x());
    Program origin = new Program(ofOrigin, layout, parameters, null, List.of(drawn));
    return new Landscape(recorder, base, rise, batch.images(), origin, drawn);
  }

  /**
   * From the encoder's posterior: the state is the noise e that the posterior makes a code z of,
   * the base log N(e; 0, I), the rise log w = log p(x, z) - log q(z|x). In e the posterior is as
   * round as the encoder could make it. Of several latent variables, e is the noise of all of them
   * side by side, and z all that it makes.
   *
   * @param images whose chains run together
   * @param chains of each
   */
  static Landscape fromEncoder(ImageModel model, INDArray parameters, int images, int chains) {
    ParameterLayout layout = model.layout();
    Recorder recorder = new Recorder(images, chains);
    Batch batch = batch(recorder, model);
    Terms terms = model.model().on(recorder, batch);
    List<Matrix> noise = recorder.noise();
    int columns = noise.stream().mapToInt(Matrix::columns).sum();
    List<Rows> added = new ArrayList<>(List.of(terms.logLikelihood()));
    added.addAll(terms.latents().stream().map(Latent::logPrior).toList());
    List<Rows> subtracted = terms.latents().stream().map(z -> z.drawn().logDensity()).toList();
    Potential rise = new Potential(recorder, layout, parameters, noise, added, subtracted);

    Recorder ofBase = new Recorder(images, chains);
    Matrix state = ofBase.normal(columns);
    Rows logDensity = StandardNormalLogDensity.of(ofBase, state);
    Potential base =
        new Potential(ofBase, layout, parameters, List.of(state), List.of(logDensity), List.of());

    Recorder ofOrigin = new Recorder(images, chains);
    Matrix drawn = ofOrigin.normal(columns);
    Program origin = new Program(ofOrigin, layout, parameters, null, List.of(drawn));
    return new Landscape(recorder, base, rise, batch.images(), origin, drawn);
  }

  private static Batch batch(Recorder recorder, ImageModel model) {
    return new Batch(model.x(), recorder.constant(recorder.images(), model.x().values()));
  }

  int images() {
    return images;
  }

  /** Chains of each image. */
  int chains() {
    return chains;
  }

  int rows() {
    return images * chains;
  }

  /** Of a state. */
  int dimensions() {
    return dimensions;
  }

  /** Puts an image, [pixels], in a place; {@link #prepare} takes it up. */
  void set(int place, float[] image) {
    System.arraycopy(image, 0, hostImages, place * pixels, pixels);
  }

  /** Takes up the images that were set. */
  void prepare() {
    rise.set(x, hostImages);
    rise.prepare();
  }

  /**
   * Draws states from the base.
   *
   * @param noise of the image at each place
   * @param place set, and evaluated
   */
  void draw(List<ChainNoise> noise, Place place) {
    NoiseBuffers buffers = origin.noise();
    for (int i = 0; i < images; i++) {
      buffers.draw(noise.get(i).start(), i, noise.get(i).first(), chains);
    }
    buffers.send();
    origin.forward();
    origin.kernels().copyOut(drawn.value(), place.states());
    place.evaluate();
  }

  /** Base's values and derivatives; see {@link Potential#evaluate}. */
  void base(float[] states, double[] values, float[] slopes) {
    base.evaluate(states, values, slopes);
  }

  /** The rise's values and derivatives; see {@link Potential#evaluate}. */
  void rise(float[] states, double[] values, float[] slopes) {
    rise.evaluate(states, values, slopes);
  }
}
