package org.sparkvae.imputation;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.codec.MatrixRows;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;

/** Steps of {@link PseudoGibbs}. */
final class GibbsSteps implements ChainSteps {
  private final int chains;
  private final int values;
  private final Program program;
  private final MatrixRows x;
  private final MatrixRows mean;
  private final MatrixRows drawn;

  GibbsSteps(ImageModel model, INDArray parameters, int chains) {
    this.chains = chains;
    values = model.x().values();
    Recorder recorder = new Recorder(chains, 1);
    Batch batch = Batch.of(recorder, model.x());
    Distribution given = given(model, recorder, model.model().on(recorder, batch).latents());
    Matrix means = given.mean();
    Matrix draws = given.sample();
    x = new MatrixRows(batch.images());
    mean = new MatrixRows(means);
    drawn = new MatrixRows(draws);
    // The images, too, which have memory even where nothing depends on them.
    List<Matrix> results = List.of(means, draws, batch.images());
    program = new Program(recorder, model.layout(), parameters, null, results);
    program.forwardOfParameters();
  }

  /** Records p(x|z) of the draws of all latent variables. */
  static Distribution given(ImageModel model, Recorder recorder, List<Latent> latents) {
    List<Matrix> fromTheTop = new ArrayList<>();
    latents.forEach(z -> fromTheTop.add(0, z.drawn().value()));
    Matrix code = model.model().code(recorder, fromTheTop);
    return model.model().given(recorder, code, model.x());
  }

  @Override
  public int chains() {
    return chains;
  }

  @Override
  public void begin() {
    // A step depends on the images alone.
  }

  @Override
  public void pseudoStep(float[][] images, boolean[] missing, long key) {
    step(images, missing, key);
  }

  @Override
  public void step(float[][] images, boolean[] missing, long key) {
    x.set(program, List.of(images));
    for (int chain = 0; chain < chains; chain++) {
      program.noise().draw(key, chain, chain, 1);
    }
    program.noise().send();
    program.forwardNoiseFree();
    program.forwardNoisy();
    float[][] draws = drawn.get(program, chains);
    for (int chain = 0; chain < chains; chain++) {
      for (int d = 0; d < values; d++) {
        if (missing[d]) {
          images[chain][d] = draws[chain][d];
        }
      }
    }
  }

  @Override
  public float[][] means() {
    return mean.get(program, chains);
  }

  @Override
  public double accepted() {
    return Double.NaN;
  }
}
