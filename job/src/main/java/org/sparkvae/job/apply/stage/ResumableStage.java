package org.sparkvae.job.apply.stage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.job.apply.OfNumbers;
import org.sparkvae.job.checkpoint.StageDirectory;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.scheduling.Ticker;
import org.sparkvae.job.scheduling.WorkDone;
import org.sparkvae.job.table.MarkedTable;

/**
 * An application to a trained model whose table is stored: one that is there is not computed again,
 * a long one goes on with the slices that a job before stored, and another one is kept.
 */
public final class ResumableStage {
  private final JavaSparkContext spark;
  private final Application application;
  private final AppliedModel model;
  private final Items items;
  private final MarkedTable table;
  private final int slices;

  private ResumableStage(
      SparkSession session, Application application, AppliedModel model, Items items, int slices) {
    this.spark = new JavaSparkContext(session.sparkContext());
    this.application = application;
    this.model = model;
    this.items = items;
    this.slices = slices;
    table =
        new MarkedTable(
            session, application.columns(model.spec()), StageMark.of(application, model, items));
  }

  /**
   * An application to a model; reads the test images' ids, where it is to them and that was not
   * done.
   *
   * @param test the images; may be empty where it needs none
   * @param masks of the images, where it needs any
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   */
  public static ResumableStage of(
      SparkSession session,
      Application application,
      AppliedModel model,
      Optional<SetWithIds> test,
      Optional<Masks> masks) {
    Items items = items(application, test, masks);
    int slices = work(application, model, items, items.count()).slices(items.groups());
    return new ResumableStage(session, application, model, items, slices);
  }

  /** The same in so many slices, at most as many as there are groups. */
  ResumableStage inSlices(int number) {
    return new ResumableStage(
        table.session(), application, model, items, Math.min(number, items.groups()));
  }

  private static Items items(
      Application application, Optional<SetWithIds> test, Optional<Masks> masks) {
    if (application instanceof OfImages ofImages) {
      return ImageItems.of(ofImages, test.orElseThrow(), masks);
    }
    return new NumberItems((OfNumbers) application);
  }

  private static StageWork work(
      Application application, AppliedModel model, Items items, long some) {
    return new StageWork(
        some * application.samplesWorth() * model.spec().flopsOfASample(),
        (double) some * items.heapBytes(model.spec().x().values()));
  }

  /** What the table is of, in hexadecimal. */
  public String mark() {
    return table.mark();
  }

  /** How many images, or draws. */
  public long items() {
    return items.count();
  }

  /** Where the table is, whole: in its place, or where it is kept. */
  public Optional<Path> place(StageDirectory directory) {
    if (table.isAt(directory.table(), items.rows())) {
      return Optional.of(directory.table());
    }
    Path kept = directory.keptTable(mark());
    return table.isAt(kept, items.rows()) ? Optional.of(kept) : Optional.empty();
  }

  /**
   * Computes the table, as far as that was not done before; it is in its place, whole, when this
   * returns, and nothing is told of it.
   *
   * @param listener hears of progress
   * @return the seconds that it took; 0 where the table was there
   * @throws IOException where the file system fails
   */
  public double run(StageDirectory directory, StageListener listener) throws IOException {
    if (table.isAt(directory.table(), items.rows())) {
      return 0;
    }
    long begun = System.nanoTime();
    Optional<String> other = MarkedTable.markAt(spark.hadoopConfiguration(), directory.table());
    if (other.isPresent()) {
      directory.keep(other.get());
      listener.kept(application.name(), directory.kept(other.get()));
    }
    directory.discardTold();
    spark.setJobDescription(application.name() + ": " + items.count());
    try {
      if (slices == 1) {
        Broadcast<SharedStage> shared = share();
        directory.writeTable(path -> write(table, shared, whole(), 0, listener, path));
        shared.destroy();
      } else {
        storeSlices(directory, listener);
        List<Path> all = IntStream.range(0, slices).mapToObj(directory::slice).toList();
        String first = table.columns().fieldNames()[0];
        directory.writeTable(
            path -> table.write(table.read(all).orderBy(first).toJavaRDD(), items.rows(), path));
      }
    } finally {
      spark.setJobDescription(null);
    }
    directory.discardSlices();
    return (System.nanoTime() - begun) / 1e9;
  }

  /** Computes the slices that are not there. */
  void storeSlices(StageDirectory directory, StageListener listener) throws IOException {
    Broadcast<SharedStage> shared = share();
    List<Integer> missing =
        IntStream.range(0, slices)
            .filter(n -> !slice(n).isAt(directory.slice(n), items.size(range(n)).rows()))
            .boxed()
            .toList();
    if (missing.size() == slices) {
      directory.discardSlices();
    }
    long done = items.count() - missing.stream().mapToLong(n -> items.size(range(n)).items()).sum();
    if (done > 0) {
      listener.found(application.name(), done, items.count());
    }
    for (int number : missing) {
      long before = done;
      directory.writeSlice(
          number, path -> write(slice(number), shared, range(number), before, listener, path));
      done += items.size(range(number)).items();
    }
    shared.destroy();
  }

  private void write(
      MarkedTable to,
      Broadcast<SharedStage> shared,
      GroupRange range,
      long before,
      StageListener listener,
      Path path)
      throws IOException {
    WorkDone done = new WorkDone();
    spark.sc().register(done);
    Runnable tell =
        () -> listener.progress(application.name(), before + done.value(), items.count());
    Ticker ticker = new Ticker(tell);
    try {
      to.write(
          items.rows(spark, shared, range, tasks(range), done), items.size(range).rows(), path);
    } finally {
      ticker.close();
    }
  }

  private int tasks(GroupRange range) {
    return work(application, model, items, items.size(range).items())
        .tasks(spark.defaultParallelism(), range.count());
  }

  private GroupRange whole() {
    return new GroupRange(0, items.groups());
  }

  private GroupRange range(int slice) {
    return GroupRange.part(slice, slices, items.groups());
  }

  private MarkedTable slice(int number) {
    String mark = table.mark() + " slice " + number + " of " + slices;
    return new MarkedTable(table.session(), table.columns(), mark);
  }

  private Broadcast<SharedStage> share() {
    return spark.broadcast(new SharedStage(model, items.labelNames()));
  }

  /** The rows, which no table holds; in partitions that depend on the images alone. */
  public ComputedRows rows() {
    // Names do not count: how many bytes they take depends on who read them.
    double bytes = (double) items.count() * model.spec().x().values();
    int partitions = new StageWork(0, bytes).partitions(items.count(), items.groups());
    Broadcast<SharedStage> shared = share();
    WorkDone done = new WorkDone();
    spark.sc().register(done);
    return new ComputedRows(
        table
            .session()
            .createDataFrame(items.rows(spark, shared, whole(), partitions, done), table.columns()),
        shared);
  }

  /** The rows of the table that is in its place. */
  public Dataset<Row> table(StageDirectory directory) {
    return table.read(List.of(directory.table()));
  }
}
