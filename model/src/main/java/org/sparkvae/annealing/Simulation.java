package org.sparkvae.annealing;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Annealed.Start;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;

/**
 * Images drawn from a model, each with the code that it was drawn from: that code is a draw of
 * p(z|x), which nothing else gives exactly.
 */
final class Simulation {
  private final Program simulated;
  private final Matrix z;
  private final Matrix x;
  private final Program inverted;
  private final Matrix image;
  private final Matrix code;
  private final Matrix noise;

  /**
   * An image.
   *
   * @param pixels its values
   * @param state of a chain that is where its code is, [dimensions]
   */
  record Image(float[] pixels, float[] state) {}

  /**
   * Of a model.
   *
   * @param start of the chains whose states are given
   * @throws IllegalArgumentException where no state belongs to a code: see {@link #canInvert}
   */
  Simulation(ImageModel model, INDArray parameters, Start start) {
    ParameterLayout layout = model.layout();
    Recorder recorder = new Recorder(1, 1);
    z = model.model().codes(recorder, model.x());
    x = model.model().given(recorder, z, model.x()).sample();
    simulated = new Program(recorder, layout, parameters, null, List.of(z, x));

    Recorder inverse = new Recorder(1, 1);
    Batch batch = new Batch(model.x(), inverse.constant(1, model.x().values()));
    image = batch.images();
    code = inverse.constant(1, model.model().latent());
    noise =
        start == Start.PRIOR
            ? code
            : noise(model, inverse, batch, code)
                .orElseThrow(() -> new IllegalArgumentException("no noise belongs to a code"));
    inverted = new Program(inverse, layout, parameters, null, List.of(image, code, noise));
  }

  /** Whether chains can be led back from a code to such a start. */
  static boolean canInvert(ImageModel model, Start start) {
    Recorder scratch = new Recorder(1, 1);
    Batch batch = new Batch(model.x(), scratch.constant(1, model.x().values()));
    Matrix code = scratch.constant(1, model.model().latent());
    return start == Start.PRIOR || noise(model, scratch, batch, code).isPresent();
  }

  private static Optional<Matrix> noise(
      ImageModel model, Recorder recorder, Batch batch, Matrix code) {
    return model.model().on(recorder, batch).latents().get(0).posterior().noiseOf(code);
  }

  /**
   * An image of a number.
   *
   * @param seed of the run
   */
  Image image(long seed, long number) {
    simulated.noise().draw(Noise.key(seed, Noise.Purpose.SIMULATION, 0, number), 0);
    simulated.noise().send();
    simulated.forward();
    float[] pixels = host(simulated, x);
    inverted.kernels().copyIn(pixels, image.value());
    inverted.kernels().copyIn(host(simulated, z), code.value());
    inverted.forward();
    return new Image(pixels, host(inverted, noise));
  }

  private static float[] host(Program program, Matrix matrix) {
    float[] values = new float[matrix.columns()];
    program.kernels().copyOut(matrix.value(), values);
    return values;
  }
}
