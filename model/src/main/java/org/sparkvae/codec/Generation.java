package org.sparkvae.codec;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.ImageModel;

/**
 * Images that a model makes up, block by block on buffers that are allocated once: codes z of the
 * prior, the mean of p(x|z), and an image drawn from it.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Generation {
  private static final float EVEN = 0.5f;

  private final Program program;
  private final MatrixRows codes;
  private final MatrixRows means;
  private final MatrixRows draws;

  /**
   * Images of a model, each [n][values], but for the codes, [n][code length].
   *
   * @param means E[x|z], clipped to [0, 1]
   * @param draws x of p(x|z), clipped likewise
   */
  public record Images(float[][] codes, float[][] means, float[][] draws) {}

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector; read, never written
   * @param rows images of a block
   */
  public Generation(ImageModel model, INDArray parameters, int rows) {
    Recorder recorder = new Recorder(1, rows);
    Matrix z = model.model().codes(recorder, model.x());
    Distribution given = model.model().given(recorder, z, model.x());
    Matrix mean = given.mean();
    Matrix x = given.sample();
    codes = new MatrixRows(z);
    means = new MatrixRows(mean);
    draws = new MatrixRows(x);
    program = new Program(recorder, model.layout(), parameters, null, List.of(z, mean, x));
  }

  /**
   * The most probable image of bits.
   *
   * @param mean the probability that each is 1
   */
  public static float[] mostProbable(float[] mean) {
    float[] bits = new float[mean.length];
    for (int d = 0; d < bits.length; d++) {
      bits[d] = mean[d] > EVEN ? 1 : 0;
    }
    return bits;
  }

  /**
   * Some images of a stream.
   *
   * @param key of the stream, from {@link org.sparkvae.noise.Noise#key}; the codes are those of
   *     {@link Codec#sample} with the same key
   * @param first number of the first image
   * @param count at most a block of them
   */
  public Images of(long key, long first, int count) {
    NoiseBuffers noise = program.noise();
    noise.draw(key, 0, first, count);
    noise.send();
    program.forward();
    return new Images(
        codes.get(program, count),
        Codec.clipped(means.get(program, count)),
        Codec.clipped(draws.get(program, count)));
  }
}
