package org.sparkvae.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;

/**
 * The posteriors q(z|x) of images, block by block on buffers that are allocated once: of every
 * latent variable the mean, the standard deviation and a draw. What it finds of an image does not
 * depend on the others of its block.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Posteriors {
  private final int rows;
  private final Program program;
  private final MatrixRows images;
  private final List<Variable> variables = new ArrayList<>();

  /** A latent variable's matrices. */
  private record Variable(MatrixRows mean, Optional<MatrixRows> logVariance, MatrixRows draw) {}

  /**
   * What is found of a latent variable, each [images][dimensions].
   *
   * @param means where they depend on draws of other variables, given the median ones: means if
   *     Gaussian, else the more probable bits
   * @param deviations the standard deviations; empty where they have no closed form, or depend on
   *     draws of other variables
   * @param draws one of each image
   */
  public record OfVariable(float[][] means, Optional<float[][]> deviations, float[][] draws) {}

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector; read, never written
   * @param rows images of a block
   */
  public Posteriors(ImageModel model, INDArray parameters, int rows) {
    this.rows = rows;
    Recorder recorder = new Recorder(rows, 1);
    Batch batch = Batch.of(recorder, model.x());
    // The images, too, which have memory even where no posterior depends on them.
    List<Matrix> results = new ArrayList<>(List.of(batch.images()));
    images = new MatrixRows(batch.images());
    for (Latent z : model.model().on(recorder, batch).latents()) {
      Matrix mean = z.posterior().mean();
      Optional<Matrix> logVariance =
          z.posterior().logVariance().filter(of -> !recorder.isNoisy(of));
      Matrix draw = z.drawn().value();
      results.add(mean);
      results.add(draw);
      logVariance.ifPresent(results::add);
      variables.add(
          new Variable(
              new MatrixRows(mean), logVariance.map(MatrixRows::new), new MatrixRows(draw)));
    }
    program = new Program(recorder, model.layout(), parameters, null, results);
    program.forwardOfParameters();
  }

  /** Images of a block. */
  public int rows() {
    return rows;
  }

  /**
   * Those of some images.
   *
   * @param some at most a block of them, [values] each, in [0, 1]
   * @param keys of their noise, from {@link org.sparkvae.noise.Noise#key}
   * @return by latent variable, from the one next to the image on
   */
  public List<OfVariable> of(List<float[]> some, long[] keys) {
    int count = some.size();
    images.set(program, some);
    program.forwardNoiseFree();
    NoiseBuffers noise = program.noise();
    noise.toMedians();
    program.forwardNoisy();
    List<float[][]> means = variables.stream().map(of -> of.mean().get(program, count)).toList();
    List<Optional<float[][]>> deviations =
        variables.stream()
            .map(of -> of.logVariance().map(v -> deviations(v.get(program, count))))
            .toList();
    for (int i = 0; i < count; i++) {
      noise.draw(keys[i], i);
    }
    noise.send();
    program.forwardNoisy();
    return IntStream.range(0, variables.size())
        .mapToObj(
            v ->
                new OfVariable(
                    means.get(v), deviations.get(v), variables.get(v).draw().get(program, count)))
        .toList();
  }

  /** Changes logs of variances to standard deviations. */
  static float[][] deviations(float[][] logVariances) {
    for (float[] row : logVariances) {
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) StrictMath.exp(0.5 * row[d]);
      }
    }
    return logVariances;
  }
}
