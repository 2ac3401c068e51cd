package org.sparkvae.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.ImageModel;

/** Mean images from latent codes, and codes from images: what pictures are made of. */
public final class Codec {
  /** Draws of a prior, for its quantiles. */
  private static final int DRAWS = 10_000;

  private final ImageModel model;
  private final INDArray parameters;

  /** Builds it on a parameter vector; sizes are chosen at each call. */
  public Codec(ImageModel model, INDArray parameters) {
    this.model = model;
    this.parameters = parameters;
  }

  /** E[x|z] for each code, [n][code length] -> [n][values], clipped to [0, 1]. */
  public float[][] decode(float[][] z) {
    return clipped(RowProgram.decoding(model, parameters, z.length).of(Arrays.asList(z)));
  }

  /**
   * The posterior's code for each image, [n][values] -> [n][code length]. Where a variable's
   * posterior depends on draws of others, these are the median ones: means if Gaussian, else the
   * more probable bits.
   */
  public float[][] encode(float[][] x) {
    return RowProgram.encoding(model, parameters, x.length).of(Arrays.asList(x));
  }

  /**
   * E[x|z] for draws z of the prior, [n][values], clipped to [0, 1].
   *
   * @param key of the noise, from {@link org.sparkvae.noise.Noise#key}; draw i is sample i of it
   */
  public float[][] sample(long key, int n) {
    return clipped(DrawProgram.means(model, parameters, n).draw(key, 0, n));
  }

  /** How many latent variables a draw of the model has. */
  public int variables() {
    return model.model().draw(new Recorder(1, 1), model.x(), List.of()).size();
  }

  /**
   * Draws of codes from the model, [n][code length].
   *
   * @param key of the noise, as in {@link #sample}, whose images are of these
   */
  public float[][] codes(long key, int n) {
    return draws(new Recorder(1, n), key);
  }

  /**
   * E[x|z] for draws z of the model that share what is drawn of the upper latent variables, [rows *
   * columns][values], clipped to [0, 1]: all of a row have the same upper ones.
   *
   * @param keys of the noise of the upper variables, and of those below; see {@link #sample}
   * @param kept how many variables a row shares, from the topmost down
   */
  public float[][] sampleBelow(long[] keys, int rows, int columns, int kept) {
    Recorder upper = new Recorder(1, rows);
    List<Matrix> shared = model.model().draw(upper, model.x(), List.of()).subList(0, kept);
    Program above = program(upper, shared.toArray(Matrix[]::new));
    run(above, keys[0]);

    Recorder recorder = new Recorder(1, rows * columns);
    List<Matrix> given =
        shared.stream().map(z -> recorder.constant(rows * columns, z.columns())).toList();
    List<Matrix> drawn = model.model().draw(recorder, model.x(), given);
    Matrix means =
        model.model().given(recorder, model.model().code(recorder, drawn), model.x()).mean();
    Program program = program(recorder, with(means, given));
    for (int i = 0; i < kept; i++) {
      float[][] drawnAbove = new MatrixRows(shared.get(i)).get(above, rows);
      new MatrixRows(given.get(i)).set(program, repeated(drawnAbove, columns));
    }
    run(program, keys[1]);
    return clipped(new MatrixRows(means).get(program, rows * columns));
  }

  /** Every row so many times, one after the other. */
  private static List<float[]> repeated(float[][] rows, int times) {
    return Arrays.stream(rows).flatMap(row -> Stream.generate(() -> row).limit(times)).toList();
  }

  private static Matrix[] with(Matrix result, List<Matrix> others) {
    return Stream.concat(Stream.of(result), others.stream()).toArray(Matrix[]::new);
  }

  /**
   * The quantiles of (i + 1/2) / count of each dimension of the prior, rising, [code
   * length][count]: in closed form where there is one, else of draws.
   *
   * @param key of the noise, from {@link org.sparkvae.noise.Noise#key}
   */
  public float[][] quantiles(long key, int count) {
    Recorder recorder = new Recorder(1, DRAWS);
    Optional<Scorable> prior = model.model().prior(recorder, model.x());
    float[][] quantiles = new float[model.model().codeLength()][count];
    float[][] sorted = null;
    for (int d = 0; d < quantiles.length; d++) {
      for (int i = 0; i < count; i++) {
        double probability = (i + 0.5) / count;
        OptionalDouble closed = quantile(prior, d, probability);
        if (closed.isPresent()) {
          quantiles[d][i] = (float) closed.getAsDouble();
        } else {
          sorted = sorted == null ? sorted(draws(recorder, key)) : sorted;
          quantiles[d][i] = sorted[d][(int) (probability * DRAWS)];
        }
      }
    }
    return quantiles;
  }

  private static OptionalDouble quantile(
      Optional<Scorable> prior, int dimension, double probability) {
    return prior.isPresent()
        ? prior.get().quantile(dimension, probability)
        : OptionalDouble.empty();
  }

  private float[][] draws(Recorder recorder, long key) {
    Matrix codes = model.model().codes(recorder, model.x());
    return new DrawProgram(recorder, model, parameters, codes).draw(key, 0, recorder.samples());
  }

  /** The values of each column in their order, [columns][n]. */
  private static float[][] sorted(float[][] draws) {
    float[][] columns = new float[draws[0].length][draws.length];
    for (int d = 0; d < columns.length; d++) {
      for (int i = 0; i < draws.length; i++) {
        columns[d][i] = draws[i][d];
      }
      Arrays.sort(columns[d]);
    }
    return columns;
  }

  private static void run(Program program, long key) {
    NoiseBuffers noise = program.noise();
    noise.draw(key, 0);
    noise.send();
    program.forward();
  }

  private Program program(Recorder recorder, Matrix... results) {
    return new Program(recorder, model.layout(), parameters, null, List.of(results));
  }

  /** Changes values to those in [0, 1] that are next to them. */
  static float[][] clipped(float[][] images) {
    for (float[] image : images) {
      for (int d = 0; d < image.length; d++) {
        image[d] = Math.min(1, Math.max(0, image[d]));
      }
    }
    return images;
  }
}
