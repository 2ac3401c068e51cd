package org.sparkvae.job.analyse.stage;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.apply.Encode;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.apply.stage.ComputedRows;
import org.sparkvae.job.apply.stage.ResumableStage;
import org.sparkvae.job.apply.stage.Seeing;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.ImageIds;

/** What several analyses of a model share: each is made when one first asks for it. */
final class Matter implements AutoCloseable {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final Analysed of;
  private final Map<ImageSet, Broadcast<Seeing>> seeing = new IdentityHashMap<>();
  private Optional<ComputedRows> codes = Optional.empty();
  private Optional<String> trainingDigest = Optional.empty();

  Matter(SparkSession session, Analysed of) {
    this.session = session;
    this.spark = new JavaSparkContext(session.sparkContext());
    this.of = of;
  }

  /** What it is of. */
  Analysed of() {
    return of;
  }

  /** The posteriors of the test images, kept on the executors. */
  Dataset<Row> codes() {
    if (codes.isEmpty()) {
      Encode encode = new Encode(Application.IN_THE_RUN);
      codes =
          Optional.of(
              ResumableStage.of(
                      session, encode, of.model(), Optional.of(of.test()), Optional.empty())
                  .rows());
    }
    return codes.get().rows();
  }

  /** The images of a set as the model sees them. */
  JavaRDD<SeenImage> seen(ImageSet set) {
    Broadcast<Seeing> shared = seeing(set);
    return set.blocks().flatMap(block -> seen(block, shared.value()));
  }

  /** How the model sees the images of a set: executors get the names of labels once. */
  Broadcast<Seeing> seeing(ImageSet set) {
    return seeing.computeIfAbsent(
        set, seen -> spark.broadcast(new Seeing(of.model().binariser(), seen.labelNames())));
  }

  private static Iterator<SeenImage> seen(ImageBlock stored, Seeing seeing) {
    ImageBlock block = stored.inHeap();
    List<SeenImage> images = new ArrayList<>();
    for (int i = 0; i < block.size(); i++) {
      images.add(seeing.of(block.alone(i)));
    }
    return images.iterator();
  }

  /** Of all that the training images hold. */
  String trainingDigest() {
    if (trainingDigest.isEmpty()) {
      ImageSet training = of.training().orElseThrow();
      long digest = ImageIds.digest(training.blocks(), training.labelNames());
      trainingDigest = Optional.of(Long.toHexString(digest));
    }
    return trainingDigest.get();
  }

  /** Has something computed by a model on an executor. */
  <T> T inTask(AppliedModel model, Function<ModelHere, T> work) {
    Broadcast<AppliedModel> shared = spark.broadcast(model);
    try {
      return spark.parallelize(List.of(0), 1).map(i -> work.call(shared.value().here())).first();
    } finally {
      shared.destroy();
    }
  }

  @Override
  public void close() {
    codes.ifPresent(ComputedRows::close);
    seeing.values().forEach(Broadcast::destroy);
  }
}
