package org.sparkvae.job.analyse;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.kinds.Names;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/** Something to find out about a trained model; a kind's components are its settings. */
public sealed interface Analysis extends Serializable permits Tightness {
  /** Its name in settings, tables, summaries and pictures. */
  default String name() {
    return Names.of(getClass());
  }

  /** What it asks of a model in vain, if anything: the setting at fault, below its own. */
  Optional<Contradiction> contradiction(Model model);

  /** The columns of its table; the first is {@code id}, by which the rows are sorted. */
  StructType columns();

  /** Finds out: the rows of its table, in any order. */
  List<Row> rows(Subject subject);

  /**
   * What the rows come to, by the keys of the summary.
   *
   * @param rows at least one
   */
  Map<String, Object> figures(List<Row> rows);

  /** What a person is told of the rows on the console. */
  List<String> lines(List<Row> rows);

  /** Draws the rows. */
  void draw(List<Row> rows, Sheet sheet);
}
