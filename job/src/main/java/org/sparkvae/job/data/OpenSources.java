package org.sparkvae.job.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.folder.FolderSource;
import org.sparkvae.job.data.idx.IdxSource;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.PassedOver;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.data.source.SourceRole;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.ImageSource;

/** The sources of a job, opened and checked against each other before anything is read. */
record OpenSources(
    Optional<OpenSource> train, Optional<OpenSource> validation, Optional<OpenSource> test) {

  /**
   * Opens the sources, training, validation and test in this order.
   *
   * @throws DataException where one is wrong or their shapes differ
   */
  static OpenSources open(SparkSession spark, DataSettings data, TableOpener tables) {
    Opening opening = new Opening(spark, data, tables);
    OpenSources sources =
        new OpenSources(
            opening.open(SourceRole.TRAINING, data.train()),
            opening.open(SourceRole.VALIDATION, data.validation()),
            opening.open(SourceRole.TEST, data.test()));
    sources.checkShapes();
    return sources;
  }

  /** Opens the test source alone. */
  static OpenSources openTest(SparkSession spark, DataSettings data, TableOpener tables) {
    return new OpenSources(
        Optional.empty(),
        Optional.empty(),
        new Opening(spark, data, tables).open(SourceRole.TEST, data.test()));
  }

  /** Opens sources one after another; the first one's colour is that of those that leave it. */
  private static final class Opening {
    private final SparkSession spark;
    private final DataSettings data;
    private final TableOpener tables;
    private Colour leader = Colour.AUTO;

    Opening(SparkSession spark, DataSettings data, TableOpener tables) {
      this.spark = spark;
      this.data = data;
      this.tables = tables;
    }

    Optional<OpenSource> open(SourceRole role, ImageSource source) {
      if (source instanceof ImageSource.None) {
        return Optional.empty();
      }
      OpenSource opened = open(source, Reading.of(data, role, source, leader));
      if (leader == Colour.AUTO) {
        leader = Colour.of(opened.shape().channels());
      }
      return Optional.of(opened);
    }

    private OpenSource open(ImageSource source, Reading reading) {
      if (source instanceof ImageSource.Idx idx) {
        return IdxSource.open(spark, idx, reading);
      }
      if (source instanceof ImageSource.Folder folder) {
        return FolderSource.open(spark, folder, reading);
      }
      if (source instanceof ImageSource.Parquet parquet) {
        return tables.open(spark, parquet, reading);
      }
      throw new IllegalArgumentException("no images: " + source);
    }
  }

  private Stream<OpenSource> all() {
    return Stream.of(train, validation, test).flatMap(Optional::stream);
  }

  private void checkShapes() {
    List<OpenSource> opened = all().toList();
    for (OpenSource source : opened) {
      OpenSource first = opened.get(0);
      if (!source.shape().equals(first.shape())) {
        throw new DataException(
            String.format(
                "%s: images are %s where those of %s are %s; bring them to one shape",
                source.path(), source.shape(), first.path(), first.shape()));
      }
    }
  }

  /**
   * Checks that the images are of the shape that the run began with.
   *
   * @throws DataException where they are of another
   */
  void checkShape(RunImages begun) {
    all()
        .filter(source -> !source.shape().equals(begun.shape()))
        .findFirst()
        .ifPresent(
            source -> {
              throw new DataException(
                  String.format(
                      "%s: images are %s, but the run began with images of %s; bring them to that shape",
                      source.path(), source.shape(), begun.shape()));
            });
  }

  /**
   * The numbers of all label names.
   *
   * @param first names that the run began with
   */
  LabelNumbering labels(List<String> first) {
    return LabelNumbering.of(first, all().map(OpenSource::labelNames).flatMap(List::stream));
  }

  /** The files beside the images of the folders among them, of each folder once. */
  Set<PassedOver> passedOver() {
    return all()
        .map(OpenSource::passedOver)
        .flatMap(Optional::stream)
        .filter(files -> files.kinds().total() > 0)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The shape of all images; nothing where there are none. */
  Optional<ImageShape> shape() {
    return all().map(OpenSource::shape).findFirst();
  }
}
