package org.sparkvae.curvature;

import static org.sparkvae.tensor.formula.Formula.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.distribution.Information;
import org.sparkvae.distribution.Informed;
import org.sparkvae.kinds.Names;
import org.sparkvae.network.Shape;
import org.sparkvae.step.ImageBuffer;
import org.sparkvae.step.Inputs;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Use;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;
import org.sparkvae.vae.Model;
import org.sparkvae.vae.Terms;

/**
 * Random scores of a minibatch's distributions, taken back through the network: for a row with
 * information I of the parameters t, the derivatives of sum_j sqrt(I_j) e_j t_j by the layers'
 * sums, e ~ N(0, 1). Their second moments are the layers' Fisher information, whatever e is drawn.
 *
 * <p>Codes are the first samples of the objective on the same noise, and pass no score on to the
 * encoder. Not thread-safe.
 */
public final class Scores implements Inputs {
  private static final Formula.Operand ROOT = value("root");
  private static final Formula.Operand NOISE = value("noise");
  private static final Formula.Operand PARAMETER = value("parameter");

  /**
   * A layer of which the information has factors.
   *
   * @param affine the layer
   * @param information of what it gives, [rows, out], where that is a distribution's parameters
   */
  public record Layer(Recorder.Affine affine, Optional<Matrix> information) {
    /** Rows of the weight. */
    public int in() {
      return affine.x().columns();
    }

    /** Columns of the weight. */
    public int out() {
      return affine.y().columns();
    }
  }

  /** A recording of scores. */
  private record Recorded(Matrix x, List<Rows> scores, List<Layer> layers) {
    static Recorded of(ImageModel model, Recorder recorder) {
      Batch batch = Batch.of(recorder, model.x());
      Terms terms = model.model().on(recorder, batch);
      List<Information> known = new ArrayList<>();
      for (Latent latent : terms.latents()) {
        known.add(required(latent.posterior()));
      }
      Matrix z = recorder.held(terms.first().drawn().value());
      known.add(required(model.model().given(recorder, z, model.x())));
      List<Rows> scores = new ArrayList<>();
      for (Information of : known) {
        Matrix noise = recorder.normal(of.parameters().columns());
        scores.add(
            recorder.sumOverColumns(
                ROOT.times(NOISE).times(PARAMETER),
                Map.of(ROOT, of.root(), NOISE, noise, PARAMETER, of.parameters())));
      }
      Map<String, Layer> layers = new LinkedHashMap<>();
      for (Recorder.Affine affine : recorder.affine(scores)) {
        Optional<Matrix> information =
            known.stream()
                .filter(of -> of.parameters() == affine.y())
                .map(of -> recorder.map(ROOT.squared(), Map.of(ROOT, of.root())))
                .findFirst();
        layers.putIfAbsent(affine.weight(), new Layer(affine, information));
      }
      return new Recorded(batch.images(), scores, List.copyOf(layers.values()));
    }

    private static Information required(Informed distribution) {
      return distribution
          .information()
          .orElseThrow(() -> new IllegalArgumentException("a distribution tells no information"));
    }
  }

  private final Program program;
  private final Recorded recorded;
  private final ImageBuffer pixels;

  /**
   * Of minibatches of a size.
   *
   * @param parameters the flat parameter vector; read, never written
   */
  public Scores(ImageModel model, int batch, INDArray parameters) {
    Recorder recorder = new Recorder(Use.TRAINING, batch, 1);
    recorded = Recorded.of(model, recorder);
    List<Node> results = new ArrayList<>(recorded.scores());
    recorded.layers().forEach(layer -> layer.information().ifPresent(results::add));
    program = new Program(recorder, model.layout(), parameters, parameters.like(), results);
    pixels = new ImageBuffer(program.kernels(), batch, model.x().values());
  }

  /** What a model misses for it, as the end of a sentence; empty where it has all. */
  public static Optional<String> misfit(Model model) {
    Recorder scratch = new Recorder(1, 1);
    Batch batch = new Batch(Shape.vector(1), scratch.constant(1, 1));
    Terms terms = model.on(scratch, batch);
    if (model.layers() > 1) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "is of one stochastic layer, but the model has %d; choose another optimiser",
              model.layers()));
    }
    if (!model.hasEncoder() || !model.hasLogLikelihood()) {
      return Optional.of(
          "needs a posterior of each image, and a model of type "
              + Names.of(model.getClass())
              + " has none; choose another optimiser");
    }
    if (terms.first().posterior().information().isEmpty()) {
      return Optional.of(
          "needs the Fisher information of the posterior, and this model's is not known; choose"
              + " model.posterior = diagonal-gaussian or bernoulli, or another optimiser");
    }
    return model
            .given(scratch, terms.first().drawn().value(), batch.shape())
            .information()
            .isPresent()
        ? Optional.empty()
        : Optional.of(
            "needs the Fisher information of the likelihood, and this model's is not known; choose"
                + " model.likelihood = bernoulli, or gaussian with one variance, or another"
                + " optimiser");
  }

  /** The layers of a model, without memory. */
  public static List<Layer> layers(ImageModel model) {
    return Recorded.of(model, new Recorder(Use.TRAINING, 1, 1)).layers();
  }

  /** The layers, whose matrices have their values and gradients after {@link #compute}. */
  public List<Layer> layers() {
    return recorded.layers();
  }

  @Override
  public ImageBuffer pixels() {
    return pixels;
  }

  @Override
  public NoiseBuffers noise() {
    return program.noise();
  }

  /** Takes scores of the images and the noise back. */
  public void compute() {
    pixels.send(recorded.x());
    program.noise().send();
    program.forward();
    for (Rows score : recorded.scores()) {
      Arrays.fill(score.gradient(), 1);
    }
    program.backward();
  }
}
