package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * A prior that asks for no posterior, on parameters.
 *
 * @param parameters the flat vector
 */
record Tried(Prior prior, int latent, double[] parameters) {
  private static final Amortised NONE =
      new Amortised(
          1,
          x -> {
            throw new AssertionError("asks for a posterior");
          });

  /**
   * Draws, and the density of each as it was told with it.
   *
   * @param noise that each was made of, [n][latent]
   */
  record Draws(double[][] noise, double[][] values, double[] logDensities) {}

  /** Around where training starts. */
  static Tried random(Prior prior, int latent, double scale, long seed) {
    Random random = new Random(seed);
    ParameterLayout layout = layout(prior, latent);
    double[] parameters = new double[(int) layout.length()];
    for (ParameterLayout.Block block : layout.blocks()) {
      float[] start = block.start().values(block, seed, new float[0]);
      for (int i = 0; i < start.length; i++) {
        parameters[(int) block.offset() + i] = start[i] + scale * random.nextGaussian();
      }
    }
    return new Tried(prior, latent, parameters);
  }

  static ParameterLayout layout(Prior prior, int latent) {
    Recorder recorder = new Recorder(1, 1);
    prior.on(recorder, latent, NONE);
    return recorder.layout();
  }

  /** With other values of a block. */
  Tried with(String block, double... values) {
    double[] changed = parameters.clone();
    int offset = (int) layout(prior, latent).block(block).offset();
    System.arraycopy(values, 0, changed, offset, values.length);
    return new Tried(prior, latent, changed);
  }

  /** The values of a block. */
  double[] block(String name) {
    ParameterLayout.Block block = layout(prior, latent).block(name);
    return Arrays.copyOfRange(
        parameters, (int) block.offset(), (int) (block.offset() + block.length()));
  }

  private Scorable on(Recorder recorder) {
    return prior.on(recorder, latent, NONE);
  }

  private Program program(Recorder recorder, Node... results) {
    INDArray vector = Nd4j.createFromArray(parameters);
    return new Program(recorder, recorder.layout(), vector, null, List.of(results));
  }

  /** log p(z) of each. */
  double[] logDensity(double[][] z) {
    Recorder recorder = new Recorder(z.length, 1);
    Matrix values = recorder.constant(z.length, latent);
    Rows density = on(recorder).logDensity(values);
    Program program = program(recorder, density);
    values.value().assign(Nd4j.createFromArray(z));
    program.forward();
    return density.value();
  }

  /** The noise that each is made of. */
  double[][] noiseOf(double[][] z) {
    Recorder recorder = new Recorder(z.length, 1);
    Matrix values = recorder.constant(z.length, latent);
    Matrix noise = on(recorder).noiseOf(values).orElseThrow();
    Program program = program(recorder, noise);
    values.value().assign(Nd4j.createFromArray(z));
    program.forward();
    return noise.value().toDoubleMatrix();
  }

  double[] mean() {
    Recorder recorder = new Recorder(2, 3);
    Matrix mean = on(recorder).mean();
    program(recorder, mean).forward();
    double[][] rows = mean.value().toDoubleMatrix();
    assertThat(rows).hasDimensions(2, latent);
    assertThat(rows[1]).isEqualTo(rows[0]);
    return rows[0];
  }

  /** So many draws. */
  Draws draws(int n) {
    Recorder recorder = new Recorder(1, n);
    Drawn drawn = on(recorder).draw();
    Program program = program(recorder, drawn.value(), drawn.logDensity());
    program.noise().draw(Noise.key(3, Noise.Purpose.PRIOR, 0, 0), 0);
    program.noise().send();
    return drawn(recorder, drawn, program);
  }

  /** The draws of noise. */
  Draws drawsOf(double[][] noise) {
    Recorder recorder = new Recorder(1, noise.length);
    Drawn drawn = on(recorder).draw();
    Program program = program(recorder, drawn.value(), drawn.logDensity());
    recorder.noise().get(0).value().assign(Nd4j.createFromArray(noise));
    return drawn(recorder, drawn, program);
  }

  private static Draws drawn(Recorder recorder, Drawn drawn, Program program) {
    program.forward();
    return new Draws(
        recorder.noise().get(0).value().castTo(DataType.DOUBLE).toDoubleMatrix(),
        drawn.value().value().toDoubleMatrix(),
        drawn.logDensity().value());
  }

  /** Whether a prior tells what its draws are made of. */
  static boolean isInvertible(Prior prior, int latent) {
    Recorder recorder = new Recorder(1, 1);
    Samplable on = prior.on(recorder, latent, NONE);
    return on.noiseOf(recorder.constant(1, latent)).isPresent();
  }
}
