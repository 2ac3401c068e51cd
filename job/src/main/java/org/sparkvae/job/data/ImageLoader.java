package org.sparkvae.job.data;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.data.shards.Placement;
import org.sparkvae.job.data.shards.ShardLayout;
import org.sparkvae.job.data.shards.Shards;
import org.sparkvae.job.data.shards.Storage;
import org.sparkvae.job.data.shards.StorageChoice;
import org.sparkvae.job.data.shards.StorageChoice.SetSize;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.SourceRole;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.StorageSetting;

/**
 * Reads the images of a run and cuts them into shards.
 *
 * <p>The image at position p of its set, in source order without bad images, goes to shard p mod S:
 * shards depend on the images and S only, not on how many tasks read them. Training and validation
 * sets have S = {@code data.shards} (0: one per task slot), test sets one shard per task slot;
 * validation and test sets never have more shards than images.
 *
 * <p>All sets are kept in memory or all on local disks, as {@link StorageChoice} says.
 */
public final class ImageLoader {
  private final SparkSession spark;
  private final DataSettings data;
  private final long seed;
  private final Optional<RunImages> begun;
  private final TableOpener tables;

  /**
   * Reads nothing yet; for a new run.
   *
   * @param spark the session
   * @param data the settings
   * @param seed the run's seed, for what is held out
   */
  public ImageLoader(SparkSession spark, DataSettings data, long seed) {
    this(spark, data, seed, Optional.empty(), TableOpener.PARQUET);
  }

  /**
   * Reads nothing yet.
   *
   * @param begun what the images were like that the run began with, whose shape and labels' numbers
   *     hold on; nothing in a new run, and in one of a version that did not keep it
   * @param tables opens Parquet tables, or what stands in their place
   */
  public ImageLoader(
      SparkSession spark,
      DataSettings data,
      long seed,
      Optional<RunImages> begun,
      TableOpener tables) {
    this.spark = spark;
    this.data = data;
    this.seed = seed;
    this.begun = begun;
    this.tables = tables;
  }

  /**
   * Loads all sets that are configured; they are in the cluster's memory or on its disks when this
   * returns.
   *
   * @throws DataException where the data is wrong
   */
  public DataSets load() {
    OpenSources sources = OpenSources.open(spark, data, tables);
    begun.ifPresent(sources::checkShape);
    double fraction = sources.validation().isPresent() ? 0 : data.validationFraction();
    Plan training = new Plan(SourceRole.TRAINING, sources.train(), fraction, shards(), shards());
    Plan validating = new Plan(SourceRole.VALIDATION, sources.validation(), 0, shards(), 1);
    Plan testing = testing(sources);
    Storage storage = storage(List.of(training, validating, testing));
    Notes notes = new Notes();
    Map<SourceRole, Cut> cuts = new EnumMap<>(SourceRole.class);
    try {
      for (Plan plan : List.of(training, validating, testing)) {
        cuts.put(plan.role(), load(plan, sources, storage, notes));
      }
    } catch (Exception e) { // Spark throws its checked exceptions undeclared.
      cuts.values().forEach(Cut::unpersist);
      throw e;
    }
    Cut train = cuts.get(SourceRole.TRAINING);
    return new DataSets(
        train.kept(),
        cuts.get(SourceRole.VALIDATION).kept().or(train::held),
        cuts.get(SourceRole.TEST).kept(),
        new LeftOut(notes.bad()),
        notes.findings(),
        sources.passedOver(),
        like(sources, notes));
  }

  /**
   * Loads the test set only; no other source is looked at.
   *
   * @throws DataException where the data is wrong
   */
  public DataSets loadTest() {
    OpenSources sources = OpenSources.openTest(spark, data, tables);
    begun.ifPresent(sources::checkShape);
    Plan testing = testing(sources);
    Notes notes = new Notes();
    Cut test = load(testing, sources, storage(List.of(testing)), notes);
    return new DataSets(
        Optional.empty(),
        Optional.empty(),
        test.kept(),
        new LeftOut(notes.bad()),
        notes.findings(),
        sources.passedOver(),
        like(sources, notes));
  }

  /** What the images of sources are like. */
  private Optional<RunImages> like(OpenSources sources, Notes notes) {
    return sources
        .shape()
        .map(shape -> new RunImages(shape, labels(sources).all(), notes.digests()));
  }

  private LabelNumbering labels(OpenSources sources) {
    return sources.labels(begun.map(RunImages::labelNames).orElse(List.of()));
  }

  private Plan testing(OpenSources sources) {
    return new Plan(SourceRole.TEST, sources.test(), 0, slots(), 1);
  }

  private Storage storage(List<Plan> plans) {
    List<SetSize> sets =
        data.storage() == StorageSetting.AUTO
            ? plans.stream().map(Plan::size).flatMap(Optional::stream).toList()
            : List.of();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return StorageChoice.on(context).of(data.storage(), sets);
  }

  private int slots() {
    return spark.sparkContext().defaultParallelism();
  }

  private int shards() {
    return data.cut().shards() > 0 ? data.cut().shards() : slots();
  }

  /** Cuts a source, if there is one, and notes what is to be said of it. */
  private Cut load(Plan plan, OpenSources sources, Storage storage, Notes notes) {
    if (plan.source().isEmpty()) {
      return Cut.NONE;
    }
    OpenSource source = plan.source().get();
    SparkContext context = spark.sparkContext();
    Packing packing =
        Packing.of(
                JavaSparkContext.fromSparkContext(context),
                data.cut().blockImages(),
                source.shape().values())
            .with(plan.names());
    context.setJobDescription("reading the " + plan.role() + " images");
    try (LoadedImages loaded = LoadedImages.read(source, packing, data.onBadImage(), storage)) {
      context.setJobDescription("cutting the " + plan.role() + " images into shards");
      HeldOut split = HeldOut.of(seed, loaded.images(), plan.fraction());
      plan.check(source.path(), split, loaded.bad());
      notes.bad().put(plan.role(), loaded.bad());
      if (plan.role() != SourceRole.TEST) {
        notes.digests().put(plan.role(), loaded.digest());
      }
      notes.findings().add(ReadValues.of(loaded), plan.role());
      idleColour(plan.role(), source).ifPresent(notes.findings()::warn);
      Placer placer =
          new Placer(
              loaded, packing.withNamesOf(loaded.nameBytes()), plan, labels(sources), storage);
      long[] positions = loaded.positions();
      return new Cut(
          placer.place(split.kept(), (part, i) -> split.placeKept(positions[part] + i)),
          placer.place(split.held(), (part, i) -> split.placeHeld(positions[part] + i)));
    } finally {
      context.setJobDescription(null);
    }
  }

  /** That a colour was set for bytes or numbers, where it is not theirs. */
  private Optional<String> idleColour(SourceRole role, OpenSource opened) {
    ImageSource source =
        switch (role) {
          case TRAINING -> data.train();
          case VALIDATION -> data.validation();
          case TEST -> data.test();
        };
    boolean idle =
        source.colour() != Colour.AUTO && source.colour() != Colour.of(opened.shape().channels());
    return idle
        ? Optional.of(
            "%s: %s.colour = %s has no effect on bytes and numbers, which are %s here"
                .formatted(
                    opened.path(),
                    role.block(),
                    source.colour(),
                    Colour.of(opened.shape().channels())))
        : Optional.empty();
  }

  /**
   * What is to be said of the sources that were read.
   *
   * @param bad the images that were left out
   * @param digests of the others, where they are for training or validation
   * @param findings the rest
   */
  private record Notes(
      Map<SourceRole, BadImages> bad, Map<SourceRole, String> digests, Findings findings) {
    Notes() {
      this(new EnumMap<>(SourceRole.class), new EnumMap<>(SourceRole.class), new Findings());
    }
  }

  /** The sets that a source was cut into. */
  private record Cut(Optional<ImageSet> kept, Optional<ImageSet> held) {
    static final Cut NONE = new Cut(Optional.empty(), Optional.empty());

    void unpersist() {
      kept.ifPresent(ImageSet::unpersist);
      held.ifPresent(ImageSet::unpersist);
    }
  }

  /** Cuts sets out of one source. */
  private record Placer(
      LoadedImages loaded, Packing packing, Plan plan, LabelNumbering labels, Storage storage) {
    Optional<ImageSet> place(long images, Placement placement) {
      if (images == 0) {
        return Optional.empty();
      }
      int shards = (int) Math.min(plan.shards(), images);
      ShardLayout layout = new ShardLayout(images, shards, packing);
      ImageShape shape = loaded.source().shape();
      Map<Integer, String> names =
          loaded.source().labelNames().isEmpty() ? Map.of() : labels.names();
      ImageSet set =
          Shards.place(loaded.images(labels), placement, layout, shape, names, storage.store());
      set.blocks().setName("images of the " + plan.role() + " source");
      return Optional.of(set);
    }
  }
}
