package org.sparkvae.imputation;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.codec.MatrixRows;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Latent;
import org.sparkvae.vae.Model;

/** Steps of {@link MetropolisWithinGibbs}. */
final class MetropolisSteps implements ChainSteps {
  /** Number of the stream of a step's key that decides which proposals are accepted. */
  private static final int ACCEPTANCE = 1 << 20;

  private final GibbsSteps pseudo;
  private final int chains;
  private final int values;
  private final Program program;
  private final MatrixRows x;
  private final MatrixRows held;
  private final Proposed before;
  private final Proposed proposed;
  private final MatrixRows proposal;
  private final float[][] states;
  private final float[][] means;
  private boolean begun;
  private long tried;
  private long accepted;

  /** A code's log weight in its parts, and what is decoded from it. */
  private record Proposed(
      Rows logLikelihood, Rows logPrior, Rows logPosterior, MatrixRows mean, MatrixRows draw) {
    double logWeight(int row) {
      return logLikelihood.value()[row] + logPrior.value()[row] - logPosterior.value()[row];
    }

    Decoded decoded(Program program, int chains) {
      return new Decoded(mean.get(program, chains), draw.get(program, chains));
    }
  }

  /** What is decoded from the codes of all chains, [chains][values] each. */
  private record Decoded(float[][] means, float[][] draws) {}

  MetropolisSteps(ImageModel model, INDArray parameters, int chains) {
    this.chains = chains;
    pseudo = new GibbsSteps(model, parameters, chains);
    values = model.x().values();
    Recorder recorder = new Recorder(chains, 1);
    Batch batch = Batch.of(recorder, model.x());
    Latent z = model.model().on(recorder, batch).first();
    Matrix drawn = z.drawn().value();
    Matrix state = recorder.constant(chains, model.model().latent());
    Distribution givenDrawn = model.model().given(recorder, drawn, model.x());
    Distribution givenState = model.model().given(recorder, state, model.x());
    Scorable prior = model.model().prior(recorder, model.x()).orElseThrow();
    Matrix[] decoded = {
      givenDrawn.mean(), givenDrawn.sample(), givenState.mean(), givenState.sample()
    };
    x = new MatrixRows(batch.images());
    held = new MatrixRows(state);
    proposal = new MatrixRows(drawn);
    proposed =
        new Proposed(
            givenDrawn.logDensity(batch.images()),
            z.logPrior(),
            z.drawn().logDensity(),
            new MatrixRows(decoded[0]),
            new MatrixRows(decoded[1]));
    before =
        new Proposed(
            givenState.logDensity(batch.images()),
            prior.logDensity(state),
            z.posterior().logDensityOf(state).orElseThrow(),
            new MatrixRows(decoded[2]),
            new MatrixRows(decoded[3]));
    program =
        new Program(
            recorder,
            model.layout(),
            parameters,
            null,
            List.of(
                proposed.logLikelihood(),
                proposed.logPrior(),
                proposed.logPosterior(),
                before.logLikelihood(),
                before.logPrior(),
                before.logPosterior(),
                decoded[0],
                decoded[1],
                decoded[2],
                decoded[3],
                drawn,
                state,
                batch.images()));
    program.forwardOfParameters();
    states = new float[chains][model.model().latent()];
    means = new float[chains][values];
  }

  static Optional<Contradiction> contradiction(Model model) {
    if (model.layers() == 1 && model.codeLength() == model.latent() && model.hasLogLikelihood()) {
      Recorder scratch = new Recorder(1, 1);
      Shape pixel = Shape.vector(1);
      Latent z = model.on(scratch, Batch.of(scratch, pixel)).first();
      Matrix state = scratch.constant(1, model.latent());
      if (model.prior(scratch, pixel).isPresent()
          && z.posterior().logDensityOf(state).isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Contradiction(
            "type",
            "is metropolis-within-gibbs, which needs one layer, and the density of any code under"
                + " its posterior, which this model does not have; choose pseudo-gibbs"
                + (model.hasLogLikelihood() ? " or importance-weighted" : "")));
  }

  @Override
  public int chains() {
    return chains;
  }

  @Override
  public void begin() {
    begun = false;
    tried = 0;
    accepted = 0;
  }

  @Override
  public void pseudoStep(float[][] images, boolean[] missing, long key) {
    pseudo.step(images, missing, key);
  }

  @Override
  public void step(float[][] images, boolean[] missing, long key) {
    x.set(program, List.of(images));
    held.set(program, List.of(states));
    for (int chain = 0; chain < chains; chain++) {
      program.noise().draw(key, chain, chain, 1);
    }
    program.noise().send();
    program.forwardNoiseFree();
    program.forwardNoisy();
    float[][] codes = proposal.get(program, chains);
    Decoded ofProposed = proposed.decoded(program, chains);
    Decoded ofBefore = before.decoded(program, chains);
    float[] uniform = new float[1];
    for (int chain = 0; chain < chains; chain++) {
      Noise.uniform(Noise.stream(key, ACCEPTANCE), chain, uniform, 0, 1);
      double logRatio = proposed.logWeight(chain) - before.logWeight(chain);
      // The first state is taken as it is; what is no number is not.
      boolean accepts = !begun || Math.log(uniform[0]) < logRatio;
      if (accepts) {
        states[chain] = codes[chain];
      }
      Decoded now = accepts ? ofProposed : ofBefore;
      means[chain] = now.means()[chain];
      for (int d = 0; d < values; d++) {
        if (missing[d]) {
          images[chain][d] = now.draws()[chain][d];
        }
      }
      tried += begun ? 1 : 0;
      accepted += begun && accepts ? 1 : 0;
    }
    begun = true;
  }

  @Override
  public float[][] means() {
    return means;
  }

  @Override
  public double accepted() {
    return (double) accepted / tried;
  }
}
