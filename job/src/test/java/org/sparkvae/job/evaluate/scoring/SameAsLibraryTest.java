package org.sparkvae.job.evaluate.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.LogLikelihood;
import org.sparkvae.TrainedVae;
import org.sparkvae.evaluation.Encoder;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.fixtures.StoredRuns;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/** The job's estimates and those of the model as a library are the same to the bit. */
class SameAsLibraryTest {
  private static final int PIXELS = 10;
  private static final int SAMPLES = 1234;
  private static final int BLOCK = 500;
  private static final long SEED = 12;

  static Stream<Proposal> proposals() {
    return Stream.of(new Encoder(new Normal()), Refined.standard());
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void theSameSeedGivesTheSameBits(Proposal proposal) {
    Mlp body = new Mlp(List.of(8), Activation.TANH);
    ImageModel model =
        new ImageModel(Shape.vector(PIXELS), new Vae(3, body, body, new Bernoulli()));
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 3);
    TrainedVae vae = TrainedVae.of(StoredRuns.network(model, parameters));
    WorkPlan plan = new WorkPlan(2, SAMPLES, BLOCK, 1, 1);
    ImageScorer scorer =
        new ImageScorer(model, parameters, proposal, plan, new SampleKeys(SEED, 0));
    ImageBlock block = block();
    float[][] intensities = new float[2][PIXELS];
    float[][] bits = new float[2][PIXELS];
    Binariser intensity = new Binariser.Intensity();
    Binariser dynamic = new Binariser.Dynamic(SEED);
    for (int i = 0; i < 2; i++) {
      intensity.write(block, i, 0, intensities[i], 0);
      dynamic.write(block, i, 0, bits[i], 0);
    }

    assertThat(vae.binarise(intensities, SEED)).isDeepEqualTo(bits);
    List<LogLikelihood> estimates = vae.logLikelihood(bits, SAMPLES, SEED, proposal);
    for (int i = 0; i < 2; i++) {
      ImageWork work = new ImageWork(block.alone(i), 0, plan.blocks());
      ImagePart part = scorer.score(List.of(work), List.of(bits[i])).get(0);
      ImageScore.LogLikelihood score = part.joined(List.of(part), SAMPLES).logLikelihood();
      assertThat(estimates.get(i))
          .isEqualTo(
              new LogLikelihood(
                  score.estimate(),
                  score.standardError(),
                  score.diagnosis().effectiveSamples(),
                  score.diagnosis().paretoK(),
                  score.diagnosis().reliable(),
                  estimates.get(i).exact()));
    }
  }

  private static ImageBlock block() {
    byte[] pixels = new byte[2 * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37);
    }
    return new ImageBlock(new long[] {0, 1}, new int[2], pixels);
  }
}
