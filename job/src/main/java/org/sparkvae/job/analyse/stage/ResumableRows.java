package org.sparkvae.job.analyse.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.sparkvae.job.analyse.Archive;
import org.sparkvae.job.analyse.Subject;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.checkpoint.AnalysisDirectory;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.scheduling.RunningJob;
import org.sparkvae.vae.ImageModel;

/**
 * The rows of one analysis: those that a job before stored are not computed again, and those that
 * are computed are stored once a minute.
 */
final class ResumableRows implements Subject {
  private static final long NANOS_BETWEEN_PARTS = 60_000_000_000L;

  private final JavaSparkContext spark;
  private final AnalysisDirectory directory;
  private final Matter matter;
  private final Told told;
  private final TreeMap<Long, Row> rows = new TreeMap<>();
  private final List<Row> unstored = new ArrayList<>();
  private long stored = System.nanoTime();

  /**
   * What is told of the work, and how it is stored.
   *
   * @param kind its name
   * @param mark of the analysis
   * @param table of its rows
   * @param listener hears of progress, on the calling thread
   */
  record Told(String kind, String mark, MarkedRows table, AnalysisListener listener) {}

  ResumableRows(JavaSparkContext spark, AnalysisDirectory directory, Matter matter, Told told) {
    this.spark = spark;
    this.directory = directory;
    this.matter = matter;
    this.told = told;
  }

  @Override
  public List<Row> ofImages(int most, int together, Work work) {
    ImageSet test = matter.of().test().set();
    int images = (int) Math.min(most, test.images());
    takeStored();
    FirstGroups groups = new FirstGroups(test, images, together);
    spark.setJobDescription("analyse: " + told.kind() + " of " + images + " images");
    try {
      int[] missing = groups.missing(rows.keySet());
      if (!rows.isEmpty()) {
        told.listener().found(told.kind(), rows.size(), images);
      }
      if (missing.length > 0) {
        compute(groups, missing, work);
      }
    } finally {
      spark.setJobDescription(null);
    }
    return List.copyOf(rows.values());
  }

  @Override
  public ImageModel model() {
    return matter.of().model().spec();
  }

  @Override
  public long seed() {
    return matter.of().model().seed();
  }

  @Override
  public Dataset<Row> codes() {
    return matter.codes();
  }

  @Override
  public JavaRDD<SeenImage> testImages() {
    return matter.seen(matter.of().test().set());
  }

  @Override
  public JavaRDD<SeenImage> trainingImages() {
    return matter.seen(matter.of().training().orElseThrow());
  }

  @Override
  public <T> T inTask(Function<ModelHere, T> work) {
    return matter.inTask(matter.of().model(), work);
  }

  @Override
  public <T> T inTask(int epoch, Function<ModelHere, T> work) {
    AppliedModel then = matter.of().model().with(archive().parameters(epoch));
    return matter.inTask(then, work);
  }

  @Override
  public <T> T inTask(Archive.OtherModel model, Function<ModelHere, T> work) {
    AppliedModel other =
        new AppliedModel(
            model.spec(), model.parameters(), matter.of().model().binariser(), model.seed());
    return matter.inTask(other, work);
  }

  @Override
  public Archive archive() {
    return matter.of().archive();
  }

  private void takeStored() {
    try {
      for (Path part : directory.parts(told.kind())) {
        told.table()
            .read(told.mark(), part)
            .ifPresent(found -> found.forEach(row -> rows.put(row.getLong(0), row)));
      }
      if (rows.isEmpty()) {
        directory.discardParts(told.kind());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compute(FirstGroups groups, int[] missing, Work work) {
    AppliedModel model = matter.of().model();
    Broadcast<float[]> parameters = spark.broadcast(model.parameters());
    CollectionAccumulator<Row> computed = spark.sc().collectionAccumulator("rows");
    GroupTask task =
        new GroupTask(model, parameters, matter.seeing(matter.of().test().set()), work, computed);
    JavaFutureAction<List<Integer>> job =
        groups
            .spread(missing)
            .map(
                group -> {
                  task.call(group);
                  return 1;
                })
            .collectAsync();
    RunningJob.await(job, "the analysis", () -> follow(computed, groups.images()));
    follow(computed, groups.images());
    parameters.destroy();
  }

  /** Takes the rows that came since, and stores them where it is time. */
  private boolean follow(CollectionAccumulator<Row> computed, int images) {
    for (Row row : computed.value()) {
      if (rows.put(row.getLong(0), row) == null) {
        unstored.add(row);
      }
    }
    told.listener().progress(told.kind(), rows.size(), images);
    if (!unstored.isEmpty() && System.nanoTime() - stored > NANOS_BETWEEN_PARTS) {
      store();
    }
    return true;
  }

  private void store() {
    List<Row> part = List.copyOf(unstored);
    try {
      directory.writePart(told.kind(), path -> told.table().write(part, told.mark(), path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    unstored.clear();
    stored = System.nanoTime();
  }
}
