package org.sparkvae.job.evaluate.scoring;

import java.util.Iterator;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.LogWeights;
import scala.Tuple2;

/** A task on an executor: scores its images' blocks, keyed by image id. */
public final class ScoreTask
    implements PairFlatMapFunction<Iterator<Tuple2<Integer, ImageWork>>, Long, PartialScore> {
  private static final long serialVersionUID = 1L;

  /** Test images are binarised once, with the key of no epoch of training. */
  private static final long EPOCH = 0;

  private final String evaluation;
  private final ImageModel spec;
  private final WorkPlan plan;
  private final SampleKeys keys;
  private final Binariser binariser;
  private final Broadcast<float[]> parameters;
  private final LongAccumulator blocksDone;

  public ScoreTask(
      SharedModel model,
      WorkPlan plan,
      SampleKeys keys,
      Binariser binariser,
      LongAccumulator blocksDone) {
    this.evaluation = model.name();
    this.spec = model.spec();
    this.plan = plan;
    this.keys = keys;
    this.binariser = binariser;
    this.parameters = model.parameters();
    this.blocksDone = blocksDone;
  }

  @Override
  public Iterator<Tuple2<Long, PartialScore>> call(Iterator<Tuple2<Integer, ImageWork>> works) {
    LogWeightsPool pool = LogWeightsPool.of(evaluation, spec, parameters.value(), plan.block());
    LogWeights weights = pool.borrow();
    ImageScorer scorer = new ImageScorer(plan, keys, weights);
    float[] image = new float[spec.x().values()];
    return new Iterator<>() {
      private boolean ended;

      @Override
      public boolean hasNext() {
        boolean more = works.hasNext();
        if (!more && !ended) {
          ended = true;
          pool.giveBack(weights);
        }
        return more;
      }

      @Override
      public Tuple2<Long, PartialScore> next() {
        ImageWork work = works.next()._2();
        binariser.write(work.image(), 0, EPOCH, image, 0);
        PartialScore score = scorer.score(work, image);
        blocksDone.add(work.toBlock() - work.fromBlock());
        return new Tuple2<>(work.id(), score);
      }
    };
  }
}
