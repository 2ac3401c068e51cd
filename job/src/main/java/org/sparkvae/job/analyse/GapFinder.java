package org.sparkvae.job.analyse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.annealing.AnnealedWeights;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.StudentT;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.noise.Noise;
import org.sparkvae.proposal.Curvature;
import org.sparkvae.proposal.Encoding;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.proposal.PosteriorSearch;
import org.sparkvae.proposal.Proposed;

/**
 * Finds the gaps of image after image, on buffers that are allocated once. log p(x) is estimated by
 * samples of the best posterior, by samples of it with the covariance that the true posterior has
 * nearby and with heavier tails, and where the settings ask for them by annealed chains.
 */
final class GapFinder {
  private static final int BLOCK = 500;
  private static final double FREEDOM = 30;

  /** Chains that run together. */
  private static final int CHAINS = 16;

  /** Uses of noise: a key each. */
  private static final int OF_BOUNDS = 0;

  private static final int OF_WIDER = 1;
  private static final int OF_SEARCH = 2;

  private final ModelHere model;
  private final Tightness settings;
  private final Encoding encoding;
  private final PosteriorSearch search;
  private final LogWeights posterior;
  private final Curvature curvature;
  private final LogWeights wider;
  private final Optional<AnnealedWeights> annealed;

  GapFinder(ModelHere model, Tightness settings) {
    this.model = model;
    this.settings = settings;
    encoding = new Encoding(model.spec(), model.parameters());
    search =
        new PosteriorSearch(
            model.spec(), model.parameters(), settings.stepSize(), settings.steps());
    posterior = new LogWeights(model.spec(), model.parameters(), BLOCK, new Normal());
    curvature = new Curvature(model.spec(), model.parameters());
    wider = new LogWeights(model.spec(), model.parameters(), BLOCK, new StudentT(FREEDOM));
    annealed =
        settings
            .estimator()
            .annealed()
            .map(
                how ->
                    new AnnealedWeights(
                        model.spec(), model.parameters(), how, model.seed(), block(how)));
  }

  private static int block(Annealed how) {
    return Math.min(CHAINS, how.chains());
  }

  /** The gaps of each image. */
  List<Gaps> find(List<SeenImage> images) {
    Optional<List<double[]>> chains = annealed.map(of -> sample(of, images));
    List<Gaps> gaps = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      SeenImage image = images.get(i);
      int place = i;
      double[] ofEncoder = sample(image, encoding.posterior(image.values()));
      List<INDArray> best = search.find(image.values(), number -> key(image, OF_SEARCH + number));
      double[] ofBest = sample(image, best);
      List<LogLikelihood> others = new ArrayList<>();
      others.add(LogLikelihood.ofSamples(sampleWider(image, best)));
      chains.ifPresent(all -> others.add(LogLikelihood.ofChains(all.get(place))));
      gaps.add(Gaps.of(ofEncoder, ofBest, others));
    }
    return gaps;
  }

  private double[] sample(SeenImage image, List<INDArray> of) {
    posterior.image(image.values(), new Proposed(of, Optional.empty()));
    return posterior.sample(key(image, OF_BOUNDS), settings.samples());
  }

  private double[] sampleWider(SeenImage image, List<INDArray> best) {
    wider.image(
        image.values(), new Proposed(best, Optional.of(curvature.factor(image.values(), best))));
    return wider.sample(key(image, OF_WIDER), settings.samples());
  }

  /** Images share products, whose rows are few for the chains of one. */
  private List<double[]> sample(AnnealedWeights weights, List<SeenImage> images) {
    Annealed how = settings.estimator().annealed().orElseThrow();
    List<AnnealedWeights.Chains> blocks = new ArrayList<>();
    for (SeenImage image : images) {
      for (int first = 0; first < how.chains(); first += block(how)) {
        blocks.add(new AnnealedWeights.Chains(image.id(), image.values(), first));
      }
    }
    double[][] logWeights = weights.logWeights(blocks);
    int blocksOfAnImage = blocks.size() / images.size();
    List<double[]> chains = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      double[] ofImage = new double[how.chains()];
      for (int c = 0; c < ofImage.length; c++) {
        ofImage[c] = logWeights[i * blocksOfAnImage + c / block(how)][c % block(how)];
      }
      chains.add(ofImage);
    }
    return chains;
  }

  private long key(SeenImage image, int use) {
    return Noise.key(model.seed(), Noise.Purpose.ANALYSIS, use, image.id());
  }
}
