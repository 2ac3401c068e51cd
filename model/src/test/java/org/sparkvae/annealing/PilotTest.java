package org.sparkvae.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise.Purpose;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

class PilotTest {
  private static final int IMAGES = 3;
  private static final int PIXELS = 20;

  private final Ladder ladder = Ladder.of(new Annealed(Annealed.Start.PRIOR, 1, 200, 2, 0));
  private final Walkers walkers = new Walkers(landscape(), new Leapfrog(2));

  private static Landscape landscape() {
    Network network = new Mlp(List.of(12), Activation.TANH);
    ImageModel model =
        new ImageModel(Shape.vector(PIXELS), new Vae(6, network, network, new Bernoulli()));
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 5).muli(3);
    Landscape landscape = Landscape.fromPrior(model, parameters, IMAGES, 64);
    for (int i = 0; i < IMAGES; i++) {
      float[] image = new float[PIXELS];
      Arrays.fill(image, 0, 4 * (i + 1), 1);
      landscape.set(i, image);
    }
    landscape.prepare();
    return landscape;
  }

  private static List<ChainNoise> noise(Purpose purpose) {
    return IntStream.range(0, IMAGES)
        .mapToObj(image -> new ChainNoise(1, purpose, image, 0))
        .toList();
  }

  /** Other chains than the pilot's accept what the pilot aimed at, from one end to the other. */
  @Test
  void itsSizesGiveTheAcceptanceThatWasWanted() {
    Steps steps = Pilot.of(walkers, ladder, noise(Purpose.PILOT));
    walkers.landscape().draw(noise(Purpose.ANNEALING), walkers.here());
    double[] sizes = new double[IMAGES];
    double[] temperatures = new double[IMAGES];
    double accepted = 0;
    for (int step = 1; step < ladder.steps(); step++) {
      Arrays.fill(temperatures, ladder.at(step));
      steps.at((double) step / ladder.steps(), sizes);
      walkers.move(noise(Purpose.ANNEALING), step, temperatures, sizes);
      for (int i = 0; i < IMAGES; i++) {
        accepted += walkers.accepted(i) / IMAGES / (ladder.steps() - 1);
      }
    }
    assertThat(accepted).isCloseTo(0.65, within(0.08));
    assertThat(steps.logarithms()[1]).doesNotHaveDuplicates();
  }

  /** What the measured chains do has no part in it. */
  @Test
  void itIsTheSameWhateverWasMeasuredBefore() {
    Steps first = Pilot.of(walkers, ladder, noise(Purpose.PILOT));
    new Annealer(walkers, ladder).up(noise(Purpose.ANNEALING), first);
    Steps second = Pilot.of(walkers, ladder, noise(Purpose.PILOT));
    assertThat(second.logarithms()).isDeepEqualTo(first.logarithms());
  }
}
