package org.sparkvae.job.evaluate.scoring;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.annealing.AnnealedWeights;
import org.sparkvae.annealing.AnnealedWeights.Chains;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.importance.LogSum;
import org.sparkvae.importance.LogWeightSum;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.proposal.Encoding;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.vae.ImageModel;

/**
 * Estimates log p(x) by annealed chains, a sample of the plan being a chain. The parts of the ELBO
 * come of as many samples of the encoder's posterior as importance sampling draws in a block.
 */
final class AnnealedScorer implements Scorer {
  private final WorkPlan plan;
  private final SampleKeys keys;
  private final int together;
  private final AnnealedWeights annealed;
  private final Encoding encoding;
  private final LogWeights encoder;
  private final double[] logWeight;
  private final double[] logLikelihood;

  /**
   * A scorer.
   *
   * @param settings which say how many samples the ELBO is of
   */
  AnnealedScorer(
      ImageModel model,
      INDArray parameters,
      Annealed how,
      EvaluationSettings settings,
      WorkPlan plan,
      SampleKeys keys) {
    this.plan = plan;
    this.keys = keys;
    int samples = samplesOfElbo(settings);
    int blocks = AnnealedWeights.together(how, plan.block());
    together = Math.max(1, blocks / plan.blocks());
    annealed = new AnnealedWeights(model, parameters, how, keys.seedOfStream(), plan.block());
    encoding = new Encoding(model, parameters);
    encoder = new LogWeights(model, parameters, samples, new Normal());
    logWeight = new double[samples];
    logLikelihood = new double[samples];
  }

  /** Samples of the encoder's posterior. */
  static int samplesOfElbo(EvaluationSettings settings) {
    return Math.min(settings.block(), settings.samples());
  }

  @Override
  public int together() {
    return together;
  }

  @Override
  public List<ImagePart> score(List<ImageWork> works, List<float[]> images) {
    List<Chains> chains = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      for (int block = works.get(i).fromBlock(); block < works.get(i).toBlock(); block++) {
        int first = Math.toIntExact(plan.firstSample(block));
        chains.add(new Chains(works.get(i).id(), images.get(i), first));
      }
    }
    Iterator<double[]> logWeights = List.of(annealed.logWeights(chains)).iterator();
    List<ImagePart> parts = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      parts.add(part(works.get(i), images.get(i), logWeights));
    }
    return parts;
  }

  private ImagePart part(ImageWork work, float[] image, Iterator<double[]> logWeights) {
    LogSum[] sums =
        IntStream.range(work.fromBlock(), work.toBlock())
            .mapToObj(block -> LogSum.of(logWeights.next(), 0, plan.samplesIn(block)))
            .toArray(LogSum[]::new);
    var scored = new ImageScore.Image(work.id(), work.label(), work.name());
    if (work.fromBlock() > 0) {
      return new AnnealedPart(scored, work.fromBlock(), sums, null, null);
    }
    encoder.image(image, encoding.propose(image, keys.ofRefinement(work.id())));
    ImageScore.ElboParts elbo = elbo(work.id());
    // Of the samples that were just drawn, where they depend on any.
    List<float[]> means = encoder.posteriorMeans();
    return new AnnealedPart(
        scored,
        0,
        sums,
        elbo,
        new ImageScore.PosteriorMoments(
            means.get(0),
            encoder.posteriorStandardDeviation().orElse(null),
            means.subList(1, means.size())));
  }

  private ImageScore.ElboParts elbo(long id) {
    encoder.sample(keys.of(id), 0, logWeight.length, logWeight, logLikelihood);
    var sum = LogWeightSum.of(1, 0, logWeight.length, logWeight, logLikelihood);
    double kl = encoder.kl().orElse(sum.reconstruction() - sum.elbo());
    return new ImageScore.ElboParts(sum.elbo(), sum.reconstruction(), kl);
  }
}
