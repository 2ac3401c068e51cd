package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.job.train.worker.BoundWorkerSpec;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

@ExtendWith(TwoSlots.class)
class BoundPassTest {
  private static final Bound BOUND = new ImportanceWeighted(3);

  private static Measures pass(MultiLayerNetwork network, int... shards) {
    return new BoundPass(
            TwoSlots.context(),
            new BoundWorkerSpec(
                Tiny.MODEL, BOUND, 4, Tiny.BINARISER, Tiny.SEED, Noise.Purpose.VALIDATION))
        .sum(network, Tiny.images(shards), 5);
  }

  @Test
  void sumsTheBoundOfEveryImageWhateverItsShard() {
    MultiLayerNetwork network = Tiny.network(Tiny.worker(Tiny.ADAM, 4, 9));
    ImageBlock all = Tiny.block(0, 9);
    Objective one =
        new Objective(
            Tiny.MODEL, new ObjectiveSpec(BOUND, 1, 0), 1, VaeNetwork.parameters(network), null);
    Measures expected = Measures.NONE;
    for (int i = 0; i < 9; i++) {
      Tiny.BINARISER.write(all, i, 5, one.images(), 0);
      one.noise().draw(Noise.key(Tiny.SEED, Noise.Purpose.VALIDATION, 5, i), 0, 0, 3);
      expected = expected.plus(one.value(StepSettings.NONE));
    }

    Measures sum = pass(network, 9);

    assertThat(sum.images()).isEqualTo(9);
    assertThat(sum.sum(Objective.BOUND)).isCloseTo(expected.sum(Objective.BOUND), within(1e-4));
    assertThat(sum.sum(Objective.KL)).isCloseTo(expected.sum(Objective.KL), within(1e-4));
    assertThat(pass(network, 9)).isEqualTo(sum);
    assertThat(pass(network, 2, 0, 7).sum(Objective.BOUND))
        .isCloseTo(sum.sum(Objective.BOUND), within(1e-4));
    assertThat(pass(network, 2, 0, 7)).isEqualTo(pass(network, 2, 0, 7));
  }
}
