package org.sparkvae.job.evaluate.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.settings.EvaluationSettings;

class WholeImageScorerTest {
  private static final EvaluationSettings SETTINGS = new EvaluationSettings(37, 5, 1);
  private static final SampleKeys KEYS = new SampleKeys(3, 1);

  @Test
  void hasTheBitsOfAnImageWhoseSamplesAreSpread() {
    INDArray parameters = VaeNetwork.parameters(Tiny.network(Tiny.worker(Tiny.ADAM, 4, 10)));
    WorkPlan plan = new WorkPlan(1, 37, 5, 1, 3);
    Scorer spread = Scorer.of(Tiny.MODEL, parameters, SETTINGS, plan, KEYS);
    WholeImageScorer whole = new WholeImageScorer(Tiny.MODEL, parameters, SETTINGS, KEYS);
    for (int i = 0; i < 3; i++) {
      ImageBlock image = Tiny.block(i, 1);
      float[] values = new float[Tiny.PIXELS];
      Tiny.BINARISER.write(image, 0, 0, values, 0);
      List<ImagePart> parts = new ArrayList<>();
      for (int chunk = 0; chunk < plan.chunks(); chunk++) {
        ImageWork work = new ImageWork(image, plan.firstBlock(chunk), plan.firstBlock(chunk + 1));
        parts.addAll(spread.score(List.of(work), List.of(values)));
      }
      ImageScore expected = parts.get(0).joined(parts, 37);
      assertThat(whole.score(image, values).logLikelihood()).isEqualTo(expected.logLikelihood());
      assertThat(whole.score(image, values).elbo()).isEqualTo(expected.elbo());
    }
  }
}
