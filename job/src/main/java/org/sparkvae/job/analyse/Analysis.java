package org.sparkvae.job.analyse;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.kinds.Names;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/** Something to find out about a trained model; a kind's components are its settings. */
public sealed interface Analysis extends Serializable
    permits Tightness, Pca, Map, Separability, Clusters, Neighbours, Outliers, Epochs, Runs {
  /** Its name in settings, tables, summaries and pictures. */
  default String name() {
    return Names.of(getClass());
  }

  /**
   * What it asks of a model in vain, if anything: the setting at fault, below its own; "" for its
   * name in the list of kinds.
   */
  Optional<Contradiction> contradiction(Model model);

  /** Whether it is about log p(x), which some models have not. */
  default boolean needsLogLikelihood() {
    return false;
  }

  /** Whether it needs the training images, too. */
  default boolean needsTrainingImages() {
    return false;
  }

  /** Whether it needs labels of the test images. */
  default boolean needsLabels() {
    return false;
  }

  /**
   * What its rows depend on beside the model, the images, the seed and its settings, if anything;
   * equal where that is.
   */
  default List<String> dependsOn(Archive archive) {
    return List.of();
  }

  /**
   * What its settings name that is not there, if anything: the setting at fault, below its own. Of
   * the run's own directory nothing is said, whose model may be still to train.
   */
  default Optional<Contradiction> lacks(Archive archive) {
    return Optional.empty();
  }

  /** The columns of its table; the first is a whole number, by which the rows are sorted. */
  StructType columns();

  /**
   * Finds out: the rows of its table, in any order.
   *
   * @throws AnalysisException where that cannot be found out
   * @throws org.sparkvae.job.data.faults.DataException where images are too few, or lack what it
   *     needs of them
   */
  List<Row> rows(Subject subject);

  /**
   * Says in one line that a figure of some rows is no number.
   *
   * @param numbers of the rows, at least one
   */
  default String diverged(List<Long> numbers) {
    return "analyse."
        + name()
        + ": what the model computes is NaN or infinite; the model has diverged: train it with a lower learning rate, or take an earlier checkpoint";
  }

  /**
   * What the rows come to, by the keys of the summary.
   *
   * @param rows at least one
   */
  java.util.Map<String, Object> figures(List<Row> rows);

  /** What a person is told of the rows on the console. */
  List<String> lines(List<Row> rows);

  /** Draws the rows. */
  void draw(List<Row> rows, Sheet sheet);
}
