package org.sparkvae.job.evaluate.scoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.scheduling.WorkDone;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.vae.ImageModel;
import scala.Tuple2;

/** A task on an executor: scores its images' blocks, keyed by image id. */
public final class ScoreTask
    implements PairFlatMapFunction<Iterator<Tuple2<Integer, ImageWork>>, Long, ImagePart> {
  private static final long serialVersionUID = 1L;

  /** Test images are binarised once, with the key of no epoch of training. */
  private static final long EPOCH = 0;

  private final String evaluation;
  private final ImageModel spec;
  private final EvaluationSettings settings;
  private final WorkPlan plan;
  private final SampleKeys keys;
  private final Binariser binariser;
  private final Broadcast<float[]> parameters;
  private final WorkDone blocksDone;

  public ScoreTask(
      SharedModel model,
      EvaluationSettings settings,
      WorkPlan plan,
      SampleKeys keys,
      Binariser binariser,
      WorkDone blocksDone) {
    this.evaluation = model.name();
    this.spec = model.spec();
    this.settings = settings;
    this.plan = plan;
    this.keys = keys;
    this.binariser = binariser;
    this.parameters = model.parameters();
    this.blocksDone = blocksDone;
  }

  @Override
  public Iterator<Tuple2<Long, ImagePart>> call(Iterator<Tuple2<Integer, ImageWork>> works) {
    ScorerPool pool = ScorerPool.of(evaluation, parameters.value());
    Scorer scorer = pool.borrow(vector -> Scorer.of(spec, vector, settings, plan, keys));
    Queue<ImagePart> ready = new ArrayDeque<>();
    return new Iterator<>() {
      private boolean ended;

      @Override
      public boolean hasNext() {
        boolean more = !ready.isEmpty() || works.hasNext();
        if (!more && !ended) {
          ended = true;
          pool.giveBack(scorer);
        }
        return more;
      }

      @Override
      public Tuple2<Long, ImagePart> next() {
        if (ready.isEmpty()) {
          ready.addAll(score(scorer, works));
        }
        ImagePart part = ready.remove();
        return new Tuple2<>(part.id(), part);
      }
    };
  }

  /** Scores the next images, as many as are best scored together. */
  private List<ImagePart> score(Scorer scorer, Iterator<Tuple2<Integer, ImageWork>> works) {
    List<ImageWork> some = new ArrayList<>();
    List<float[]> images = new ArrayList<>();
    while (some.size() < scorer.together() && works.hasNext()) {
      ImageWork work = works.next()._2();
      float[] image = new float[spec.x().values()];
      binariser.write(work.image(), 0, EPOCH, image, 0);
      some.add(work);
      images.add(image);
    }
    List<ImagePart> parts = scorer.score(some, images);
    some.forEach(work -> blocksDone.add((long) work.toBlock() - work.fromBlock()));
    return parts;
  }
}
