package org.sparkvae.job.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.settings.DataSettings;

/**
 * Reads the images of a run and cuts them into shards.
 *
 * <p>The image at position p of its set, in source order without bad images, goes to shard p mod S:
 * shards depend on the images and S only, not on how many tasks read them. Training and validation
 * sets have S = {@code data.shards} (0: one per task slot), test sets one shard per task slot;
 * validation and test sets never have more shards than images.
 */
public final class ImageLoader {
  private final SparkSession spark;
  private final DataSettings data;
  private final long seed;

  /**
   * Reads nothing yet.
   *
   * @param spark the session
   * @param data the settings
   * @param seed the run's seed, for what is held out
   */
  public ImageLoader(SparkSession spark, DataSettings data, long seed) {
    this.spark = spark;
    this.data = data;
    this.seed = seed;
  }

  /**
   * Loads all sets that are configured; they are in the cluster's memory or on its disks when this
   * returns.
   *
   * @throws DataException where the data is wrong
   */
  public DataSets load() {
    OpenSources sources = OpenSources.open(spark, data);
    Cut train = loadTrain(sources);
    Cut validation = load("validation", sources, sources.validation(), 0, shards());
    Cut test = load("test", sources, sources.test(), 0, slots());
    return new DataSets(
        train.kept(),
        validation.kept().or(train::held),
        test.kept(),
        train.bad().plus(validation.bad()).plus(test.bad()));
  }

  /**
   * Loads the test set only; the others are opened, so that shapes are compared and labels numbered
   * as {@link #load} does.
   *
   * @throws DataException where the data is wrong
   */
  public DataSets loadTest() {
    OpenSources sources = OpenSources.open(spark, data);
    Cut test = load("test", sources, sources.test(), 0, slots());
    return new DataSets(Optional.empty(), Optional.empty(), test.kept(), test.bad());
  }

  private Cut loadTrain(OpenSources sources) {
    double fraction = sources.validation().isPresent() ? 0 : data.validationFraction();
    Cut train = load("training", sources, sources.train(), fraction, shards());
    if (sources.train().isPresent()) {
      check(train, sources.train().get(), fraction);
    }
    return train;
  }

  private void check(Cut train, OpenSource source, double fraction) {
    long kept = train.kept().map(ImageSet::images).orElse(0L);
    if (fraction > 0 && train.held().isEmpty()) {
      throw new DataException(
          String.format(
              "%s: a fraction of %s of %d images is none to validate on; hold out more, or 0",
              source.path(), fraction, kept));
    }
    if (kept < shards()) {
      throw new DataException(
          String.format(
              "%s: %d training images are too few for %d shards; set data.shards to %d or fewer",
              source.path(), kept, shards(), Math.max(1, kept)));
    }
  }

  private int slots() {
    return spark.sparkContext().defaultParallelism();
  }

  private int shards() {
    return data.shards() > 0 ? data.shards() : slots();
  }

  private Cut load(
      String role, OpenSources sources, Optional<OpenSource> from, double fraction, int shards) {
    if (from.isEmpty()) {
      return Cut.NONE;
    }
    OpenSource source = from.get();
    Packing packing = new Packing(data.blockImages(), source.shape().values());
    SparkContext context = spark.sparkContext();
    context.setJobDescription("reading the " + role + " images");
    LoadedImages loaded = LoadedImages.read(source, packing, data.onBadImage());
    try {
      context.setJobDescription("cutting the " + role + " images into shards");
      HeldOut split = HeldOut.of(seed, loaded.images(), fraction);
      Placer placer = new Placer(loaded, packing, shards, sources.labelNames());
      long kept = loaded.images() - split.held();
      long[] positions = loaded.positions();
      return new Cut(
          placer.place(kept, (part, index) -> split.placeKept(positions[part] + index)),
          placer.place(split.held(), (part, index) -> split.placeHeld(positions[part] + index)),
          loaded.bad());
    } finally {
      loaded.unpersist();
      context.setJobDescription(null);
    }
  }

  /** The sets that a source was cut into. */
  private record Cut(Optional<ImageSet> kept, Optional<ImageSet> held, BadImages bad) {
    static final Cut NONE = new Cut(Optional.empty(), Optional.empty(), BadImages.NONE);
  }

  /** Cuts sets out of one source. */
  private record Placer(LoadedImages loaded, Packing packing, int shards, List<String> names) {
    Optional<ImageSet> place(long images, Placement placement) {
      if (images == 0) {
        return Optional.empty();
      }
      ShardLayout layout = new ShardLayout(images, (int) Math.min(shards, images), packing);
      return Optional.of(
          Shards.place(loaded.images(names), placement, layout, loaded.source().shape(), names));
    }
  }
}
