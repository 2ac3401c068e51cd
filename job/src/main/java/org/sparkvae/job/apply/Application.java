package org.sparkvae.job.apply;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.kinds.Names;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Model;

/**
 * Something to do with a trained model, whose outcome is a table; a kind's components are its
 * settings.
 */
public sealed interface Application extends Serializable permits OfImages, OfNumbers {
  /** The place of results that are to go to the run directory. */
  String IN_THE_RUN = ".";

  /** What the setting {@code directory} is. */
  String DIRECTORY_SAYS = "Where the results go, any Hadoop URI; \".\" for the run directory.";

  /** What the setting {@code files} is. */
  String FILES_SAYS = "Of the first so many, the images are written as PNG files, too.";

  /** Its name in the pipeline, settings, tables and pictures. */
  default String name() {
    return Names.of(getClass());
  }

  /** Where its results go, any Hadoop URI; {@link #IN_THE_RUN} for the run directory. */
  String directory();

  /**
   * What it asks of a model in vain, if anything: the setting at fault, below its own, or "" for
   * that of the stages.
   */
  default Optional<Contradiction> contradiction(Model model) {
    return Optional.empty();
  }

  /** The columns of its table; the first is a whole number, by which the rows are sorted. */
  StructType columns(ImageModel model);

  /** How many images, or numbers, are worked on together. */
  int together();

  /** About how many samples of log w cost as much as the work on one image, or number. */
  double samplesWorth();

  /**
   * What the table comes to, by the keys of the stage's figures.
   *
   * @param table at least a row
   */
  Map<String, Object> figures(Dataset<Row> table);

  /** What a person is told of the figures on the console. */
  List<String> lines(Map<String, Object> figures);

  /**
   * Draws the table.
   *
   * @param figures what it comes to
   */
  void draw(Dataset<Row> table, Map<String, Object> figures, Sheet sheet);
}
