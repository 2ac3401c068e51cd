package org.sparkvae.job.analyse.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.checkpoint.AnalysisDirectory;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.report.summary.JsonText;
import org.sparkvae.job.settings.reading.Secrets;

/**
 * The analyses of a trained model, in the directory of its run. One that is there is not done
 * again; where another one of its kind is, that is moved out of the way first.
 */
public final class Analyses implements AutoCloseable {
  private final SparkSession spark;
  private final AnalysisDirectory directory;
  private final Analysed analysed;
  private final ImageIds ids;
  private final Matter matter;
  private final AnalysisListener listener;

  private Analyses(
      SparkSession spark,
      AnalysisDirectory directory,
      Analysed analysed,
      ImageIds ids,
      AnalysisListener listener) {
    this.spark = spark;
    this.directory = directory;
    this.analysed = analysed;
    this.ids = ids;
    this.matter = new Matter(spark, analysed);
    this.listener = listener;
  }

  /**
   * Of a model and images; reads the test images' ids, where that was not done.
   *
   * @param listener hears of progress, on the calling thread
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   */
  public static Analyses of(
      SparkSession spark,
      AnalysisDirectory directory,
      Analysed analysed,
      AnalysisListener listener) {
    ImageIds ids = analysed.test().ids("analyse");
    return new Analyses(spark, directory, analysed, ids, listener);
  }

  /**
   * Where an analysis is, whole, with all that is told of it.
   *
   * @param drawn whether a picture of it must be there, too
   */
  public Optional<Path> place(Analysis analysis, boolean drawn) throws IOException {
    String kind = analysis.name();
    String mark = mark(analysis);
    MarkedRows table = table(analysis);
    if (directory.isFinished()
        && table.mark(directory.table(kind)).filter(mark::equals).isPresent()
        && (!drawn || directory.hasPicture(kind))) {
      return Optional.of(directory.path());
    }
    Path kept = directory.kept(kind, mark);
    return table.mark(kept).filter(mark::equals).isPresent()
        ? Optional.of(kept.getParent())
        : Optional.empty();
  }

  /**
   * Analyses, as far as that was not done before; table and figures are there when this returns.
   *
   * @return the rows, sorted by their first column
   * @throws EvaluationException where a figure is no number, naming the image if it is of one
   * @throws org.sparkvae.job.analyse.AnalysisException where that cannot be found out
   * @throws IOException where the file system fails
   */
  public List<Row> run(Analysis analysis) throws IOException {
    directory.unmarkFinished();
    String kind = analysis.name();
    String mark = mark(analysis);
    MarkedRows table = table(analysis);
    Optional<List<Row>> stored = table.read(mark, directory.table(kind));
    List<Row> rows = stored.isPresent() ? stored.get() : compute(analysis, mark, table);
    directory.discardParts(kind);
    Map<String, Object> figures = summary();
    Map<String, Object> own = new LinkedHashMap<>(analysis.figures(rows));
    own.put("model_epoch", analysed.archive().epoch());
    figures.put(kind, own);
    directory.writeSummary(Secrets.hideIn(JsonText.of(figures)));
    return rows;
  }

  private List<Row> compute(Analysis analysis, String mark, MarkedRows table) throws IOException {
    String kind = analysis.name();
    ResumableRows subject =
        new ResumableRows(
            new JavaSparkContext(spark.sparkContext()),
            directory,
            matter,
            new ResumableRows.Told(kind, mark, table, listener));
    List<Row> rows = rows(analysis, subject).stream().map(Analyses::withoutSecrets).toList();
    requireNumbers(rows, analysis);
    keepEarlier(kind, table).ifPresent(place -> listener.kept(kind, place));
    directory.writeTable(kind, path -> table.write(rows, mark, path));
    // As they are stored: what is told of them is the same after a failure.
    return table.read(mark, directory.table(kind)).orElseThrow();
  }

  private List<Row> rows(Analysis analysis, ResumableRows subject) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    context.setJobDescription("analyse: " + analysis.name());
    try {
      return analysis.rows(subject);
    } finally {
      context.setJobDescription(null);
    }
  }

  /** Rows that tell of other runs name their directories. */
  private static Row withoutSecrets(Row row) {
    Object[] cells = new Object[row.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.get(i) instanceof String text ? Secrets.hideIn(text) : row.get(i);
    }
    return RowFactory.create(cells);
  }

  /** Moves an analysis that is there to where it is kept; where that is. */
  private Optional<Path> keepEarlier(String kind, MarkedRows table) throws IOException {
    Optional<String> mark = table.mark(directory.table(kind));
    if (mark.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> all = summary();
    Map<String, Object> own = new LinkedHashMap<>(all);
    own.keySet().retainAll(List.of(kind));
    directory.keep(kind, mark.get(), JsonText.of(own));
    return Optional.of(directory.kept(kind, mark.get()).getParent());
  }

  private Map<String, Object> summary() throws IOException {
    return directory.summary().map(JsonText::read).orElseGet(LinkedHashMap::new);
  }

  private static void requireNumbers(List<Row> rows, Analysis analysis) {
    StructType columns = analysis.columns();
    List<Long> broken = new ArrayList<>();
    for (Row row : rows) {
      for (int i = 0; i < columns.size(); i++) {
        if (row.get(i) instanceof Double figure && !Double.isFinite(figure)) {
          broken.add(row.getLong(0));
          break;
        }
      }
    }
    if (!broken.isEmpty()) {
      throw new EvaluationException(analysis.diverged(broken));
    }
  }

  private String mark(Analysis analysis) {
    List<String> dependsOn = new ArrayList<>(analysis.dependsOn(analysed.archive()));
    if (analysis.needsTrainingImages()) {
      dependsOn.add(matter.trainingDigest());
    }
    return AnalysisMark.of(analysis, analysed.model(), ids, dependsOn);
  }

  private MarkedRows table(Analysis analysis) {
    return new MarkedRows(spark, analysis.columns());
  }

  /** Lets go of what analyses share. */
  @Override
  public void close() {
    matter.close();
  }
}
