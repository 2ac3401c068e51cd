package org.sparkvae.estimator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;
import org.sparkvae.vae.Terms;

/** All draws of some samples of an image's bits, so that means over them are sums. */
final class EveryDraw {
  /** Seeds of which none finds another draw, where there is no other. */
  private static final int TRIES = 20_000;

  private final int samples;
  private final Terms terms;
  private final Program program;

  /** Those found so far, by model and samples: the search takes longer than its use. */
  private static final Map<List<Object>, Map<String, Long>> FOUND = new HashMap<>();

  /** Keys of noise, by the bits that they draw. */
  private final Map<String, Long> keys;

  /**
   * Of a model at parameters, which may move a little afterwards.
   *
   * @param x an image
   * @param bits of a sample, in all layers
   */
  EveryDraw(ImageModel model, INDArray parameters, float[] x, int samples, int bits) {
    this.samples = samples;
    Recorder recorder = new Recorder(1, samples);
    Batch batch = Batch.of(recorder, model.x());
    terms = model.model().on(recorder, batch);
    List<Node> results = new ArrayList<>(terms.ofASample());
    terms.latents().forEach(z -> results.add(z.drawn().value()));
    program = new Program(recorder, model.layout(), parameters, null, results);
    for (int p = 0; p < x.length; p++) {
      batch.images().value().putScalar(p, x[p]);
    }
    keys = FOUND.computeIfAbsent(List.of(model, samples), of -> find(1 << bits * samples));
  }

  private Map<String, Long> find(int count) {
    Map<String, Long> found = new LinkedHashMap<>();
    for (int seed = 0; found.size() < count; seed++) {
      if (seed == TRIES) {
        throw new IllegalStateException("only " + found.size() + " draws are found");
      }
      long key = Noise.key(seed, Noise.Purpose.TRAINING, 0, 0);
      draw(key);
      found.putIfAbsent(drawn(), key);
    }
    return found;
  }

  private void draw(long key) {
    program.noise().draw(key, 0);
    program.noise().send();
    program.forward();
  }

  private String drawn() {
    StringBuilder bits = new StringBuilder();
    for (Latent z : terms.latents()) {
      Matrix value = z.drawn().value();
      for (int i = 0; i < value.rows() * value.columns(); i++) {
        bits.append((int) value.value().getDouble(i / value.columns(), i % value.columns()));
      }
    }
    return bits.toString();
  }

  /** Keys that together draw all. */
  List<Long> keys() {
    return List.copyOf(keys.values());
  }

  /** The probability of what a key draws. */
  double probability(long key) {
    draw(key);
    if (!Long.valueOf(key).equals(keys.get(drawn()))) {
      throw new IllegalStateException("the parameters have moved too far");
    }
    double log = 0;
    for (Latent z : terms.latents()) {
      for (int s = 0; s < samples; s++) {
        log += z.drawn().logDensity().value()[s];
      }
    }
    return Math.exp(log);
  }

  /** The mean of a bound at the parameters as they are, nats. */
  double mean(Bound bound, double klWeight) {
    double mean = 0;
    for (long key : keys.values()) {
      double probability = probability(key);
      double[] logWeights = new double[samples];
      for (int s = 0; s < samples; s++) {
        logWeights[s] = terms.logLikelihood().value()[s];
        for (Latent z : terms.latents()) {
          logWeights[s] += klWeight * (z.logPrior().value()[s] - z.drawn().logDensity().value()[s]);
        }
      }
      double[] value = new double[1];
      bound.apply(logWeights, value, new double[samples]);
      mean += probability * value[0];
    }
    return mean;
  }
}
