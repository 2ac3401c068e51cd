package org.sparkvae.imputation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.codec.MatrixRows;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.importance.Reliability;
import org.sparkvae.importance.TailSelection;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;
import org.sparkvae.vae.Model;
import org.sparkvae.vae.Terms;

/** Imputes as {@link ImportanceWeighted} says. */
final class WeightedImputer implements Imputer {
  private static final int BLOCK = 100;

  /** Of the streams of keys: those of the samples, behind the steps before them. */
  private static final int SAMPLES = -1;

  private static final int CHOICES = -2;

  private static final Formula.Operand NATS = Formula.value("nats");
  private static final Formula.Operand OBSERVED = Formula.image("observed");

  private final ImportanceWeighted settings;
  private final Optional<GibbsSteps> steps;
  private final int values;
  private final Program program;
  private final MatrixRows x;
  private final MatrixRows observed;
  private final Rows logObserved;
  private final List<Latent> latents;
  private final boolean continuous;
  private final MatrixRows means;
  private final MatrixRows draws;

  WeightedImputer(ImageModel model, INDArray parameters, ImportanceWeighted settings) {
    this.settings = settings;
    steps =
        settings.steps() == 0
            ? Optional.empty()
            : Optional.of(new GibbsSteps(model, parameters, 1));
    values = model.x().values();
    Recorder recorder = new Recorder(1, BLOCK);
    Batch batch = Batch.of(recorder, model.x());
    Terms terms = model.model().on(recorder, batch);
    latents = terms.latents();
    continuous = terms.arePathwise();
    Distribution given = GibbsSteps.given(model, recorder, latents);
    Matrix mask = recorder.constant(1, values);
    Matrix nats = given.logDensityOfEach(batch.images()).orElseThrow();
    logObserved = recorder.sumOverColumns(NATS.times(OBSERVED), Map.of(NATS, nats, OBSERVED, mask));
    Matrix mean = given.mean();
    Matrix draw = given.sample();
    x = new MatrixRows(batch.images());
    observed = new MatrixRows(mask);
    means = new MatrixRows(mean);
    draws = new MatrixRows(draw);
    List<Node> results = new ArrayList<>(List.of(logObserved, mean, draw, mask, batch.images()));
    for (Latent z : latents) {
      results.add(z.logPrior());
      results.add(z.drawn().logDensity());
    }
    program = new Program(recorder, model.layout(), parameters, null, results);
    program.forwardOfParameters();
  }

  static Optional<Contradiction> contradiction(Model model) {
    if (!model.hasLogLikelihood()) {
      return Optional.of(
          new Contradiction(
              "type",
              "is importance-weighted, but this model has no log p(x) to weight samples by; choose"
                  + " pseudo-gibbs"));
    }
    Recorder scratch = new Recorder(1, 1);
    Batch pixel = Batch.of(scratch, Shape.vector(1));
    ImageModel of = new ImageModel(Shape.vector(1), model);
    Distribution given = GibbsSteps.given(of, scratch, model.on(scratch, pixel).latents());
    return given.logDensityOfEach(pixel.images()).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Contradiction(
                "type",
                "is importance-weighted, but this model's likelihood does not tell a pixel's share;"
                    + " choose pseudo-gibbs"));
  }

  @Override
  public Imputed of(float[] image, boolean[] missing, long seed, long id) {
    float[] filled = filled(image, missing, seed, id);
    float[] mask = new float[values];
    for (int d = 0; d < values; d++) {
      mask[d] = missing[d] ? 0 : 1;
    }
    x.set(program, List.of(filled));
    observed.set(program, List.of(mask));
    program.forwardNoiseFree();
    Sums sums = new Sums(settings.samples(), values, settings.draws());
    long key = Noise.key(seed, Noise.Purpose.IMPUTATION, SAMPLES, id);
    long choices = Noise.key(seed, Noise.Purpose.IMPUTATION, CHOICES, id);
    for (int first = 0; first < settings.samples(); first += BLOCK) {
      int count = Math.min(BLOCK, settings.samples() - first);
      program.noise().draw(key, 0, first, count);
      program.noise().send();
      program.forwardNoisy();
      float[][] mean = means.get(program, count);
      float[][] drawn = draws.get(program, count);
      for (int s = 0; s < count; s++) {
        sums.add(first + s, logWeight(s), mean[s], drawn[s], choices);
      }
      sums.tail.add(sums.logWeights(first, count), count);
    }
    return sums.imputed(image, missing);
  }

  private float[] filled(float[] image, boolean[] missing, long seed, long id) {
    float[][] chain = Missing.filled(image, missing, 1);
    for (int step = 0; step < settings.steps(); step++) {
      steps.orElseThrow().step(chain, missing, ChainImputer.key(seed, id, step));
    }
    return chain[0];
  }

  private double logWeight(int row) {
    double logWeight = logObserved.value()[row];
    for (Latent z : latents) {
      logWeight += z.logPrior().value()[row] - z.drawn().logDensity().value()[row];
    }
    return logWeight;
  }

  /** Weighted sums over the samples of an image, relative to the largest weight so far. */
  private final class Sums {
    private final double[] all;
    private final double[] mean;
    private final float[][] drawn;
    private final TailSelection tail;
    private double most = Double.NEGATIVE_INFINITY;
    private double sum;
    private double squares;

    Sums(int samples, int values, int draws) {
      all = new double[samples];
      mean = new double[values];
      drawn = new float[draws][values];
      tail = new TailSelection(samples, continuous);
    }

    double[] logWeights(int first, int count) {
      return Arrays.copyOfRange(all, first, first + count);
    }

    /** Each draw is replaced by a sample with its share of the weights so far: a draw by weight. */
    void add(int sample, double logWeight, float[] ofSample, float[] draw, long choices) {
      all[sample] = logWeight;
      if (logWeight == Double.NEGATIVE_INFINITY) {
        return;
      }
      if (logWeight > most) {
        rescale(Math.exp(most - logWeight));
        most = logWeight;
      }
      double weight = Math.exp(logWeight - most);
      sum += weight;
      squares += weight * weight;
      for (int d = 0; d < values; d++) {
        mean[d] += weight * ofSample[d];
      }
      float[] uniform = new float[drawn.length];
      Noise.uniform(choices, sample, uniform, 0, uniform.length);
      for (int i = 0; i < drawn.length; i++) {
        if (uniform[i] < weight / sum) {
          drawn[i] = draw.clone();
        }
      }
    }

    private void rescale(double factor) {
      sum *= factor;
      squares *= factor * factor;
      for (int d = 0; d < values; d++) {
        mean[d] *= factor;
      }
    }

    Imputed imputed(float[] image, boolean[] missing) {
      float[] imputed = image.clone();
      for (int d = 0; d < values; d++) {
        if (missing[d]) {
          imputed[d] = (float) (mean[d] / sum);
        }
      }
      for (float[] draw : drawn) {
        for (int d = 0; d < values; d++) {
          draw[d] = missing[d] ? draw[d] : image[d];
        }
        Missing.clipped(draw);
      }
      Reliability reliability = Reliability.of(tail.tail());
      double logLikelihood = most + Math.log(sum / all.length);
      return new Imputed(
          Missing.clipped(imputed),
          drawn,
          Optional.of(
              new Imputed.Weighted(
                  logLikelihood,
                  sum * sum / squares,
                  reliability.paretoK(),
                  reliability.reliable() && Double.isFinite(logLikelihood))),
          Optional.empty());
    }
  }
}
