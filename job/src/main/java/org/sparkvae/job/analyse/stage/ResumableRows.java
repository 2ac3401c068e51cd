package org.sparkvae.job.analyse.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.sparkvae.job.analyse.Subject;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.checkpoint.AnalysisDirectory;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.scheduling.RunningJob;

/**
 * The rows of one analysis: those that a job before stored are not computed again, and those that
 * are computed are stored once a minute.
 */
final class ResumableRows implements Subject {
  private static final long NANOS_BETWEEN_PARTS = 60_000_000_000L;

  private final JavaSparkContext spark;
  private final AnalysisDirectory directory;
  private final AppliedModel model;
  private final ImageSet test;
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

  ResumableRows(
      JavaSparkContext spark,
      AnalysisDirectory directory,
      AppliedModel model,
      ImageSet test,
      Told told) {
    this.spark = spark;
    this.directory = directory;
    this.model = model;
    this.test = test;
    this.told = told;
  }

  @Override
  public List<Row> ofImages(int most, int together, Work work) {
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
    Broadcast<float[]> parameters = spark.broadcast(model.parameters());
    CollectionAccumulator<Row> computed = spark.sc().collectionAccumulator("rows");
    GroupTask task = new GroupTask(model, parameters, test.labelNames(), work, computed);
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
