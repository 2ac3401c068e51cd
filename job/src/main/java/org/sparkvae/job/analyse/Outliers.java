package org.sparkvae.job.analyse;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.job.table.MarkedColumns;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * Whether the model tells other images from those of the test set by its scores: the curve of how
 * many of each set are found at every threshold below which an image is called an outlier. Scores
 * are log p(x), the bound, and the reconstruction term alone, as two evaluations of this model have
 * them; nothing is scored anew. A row is a point of a score's curve.
 *
 * <p>An area of 1 tells all apart, 0.5 none; below that, the model gives the other images larger
 * scores than those that it was made for (Nalisnick et al., 2019).
 *
 * @param against the scores of the other images
 */
public record Outliers(
    @Setting(
            says =
                "Scores of other images by this model: the evaluation.parquet of a job with pipeline"
                    + " = [evaluate] on them, or its directory, any Hadoop URI.",
            otherwise = "\"\"")
        String against)
    implements Analysis {
  private static final List<String> SCORES = List.of("log_likelihood", "elbo", "reconstruction");
  private static final int POINTS = 500;

  /** Half, but for what is not told. */
  private static final double BELOW_CHANCE = 0.49995;

  private static final String SCORE = "score";
  private static final String FOUND = "outliers_found";
  private static final String ALARMS = "test_images_found";
  private static final String AREA = "area";
  private static final String OUTLIERS = "outliers";
  private static final String TEST_IMAGES = "test_images";
  private static final String UNRELIABLE = "unreliable_";
  private static final String ESTIMATE = "estimate_of_";

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return against.isEmpty()
        ? Optional.of(
            new Contradiction(
                "against",
                "is not set: name the evaluation.parquet of other images, made by a job with pipeline = [evaluate], or leave outliers out of analyse.kinds"))
        : Optional.empty();
  }

  @Override
  public boolean needsLogLikelihood() {
    return true;
  }

  @Override
  public List<String> dependsOn(Archive archive) {
    // The first column of an evaluation's table tells in its metadata what that is of.
    return List.of(
        own(archive).schema().apply(0).metadata().json(),
        other(archive).schema().apply(0).metadata().json());
  }

  private static Dataset<Row> own(Archive archive) {
    return archive
        .evaluation()
        .orElseThrow(
            () ->
                new AnalysisException(
                    "analyse.outliers: the run has no evaluation of its test images: put evaluate into the pipeline first, or leave outliers out of analyse.kinds"));
  }

  private Dataset<Row> other(Archive archive) {
    Dataset<Row> other = found(archive);
    Set<String> models = new HashSet<>();
    for (Dataset<Row> scores : List.of(own(archive), other)) {
      // Tables of earlier versions do not tell.
      MarkedColumns.mark(scores.schema(), MarkedColumns.MODEL).ifPresent(models::add);
    }
    if (models.size() > 1) {
      throw new AnalysisException(
          "analyse.outliers.against is %s, scores by another model than this run's: name those of a job with pipeline = [evaluate] on other images and with this run.directory"
              .formatted(against));
    }
    return other;
  }

  private Dataset<Row> found(Archive archive) {
    return archive
        .evaluation(against)
        .orElseThrow(() -> new AnalysisException("analyse.outliers.against " + nothingThere()));
  }

  private String nothingThere() {
    return "is %s, where no whole evaluation.parquet is: name that of a job with pipeline = [evaluate] on other images"
        .formatted(against);
  }

  @Override
  public Optional<Contradiction> lacks(Archive archive) {
    return archive.isOwn(against) || archive.evaluation(against).isPresent()
        ? Optional.empty()
        : Optional.of(new Contradiction("against", nothingThere()));
  }

  @Override
  public StructType columns() {
    StructType columns =
        new StructType()
            .add("number", LongType, false)
            .add(SCORE, StringType, false)
            .add(ALARMS, DoubleType, false)
            .add(FOUND, DoubleType, false)
            .add(AREA, DoubleType, false);
    for (String set : List.of(TEST_IMAGES, OUTLIERS)) {
      columns = columns.add(set, LongType, false).add(UNRELIABLE + set, LongType, false);
    }
    for (String set : List.of(TEST_IMAGES, OUTLIERS)) {
      columns = columns.add(ESTIMATE + set, StringType, true);
    }
    return columns;
  }

  @Override
  public List<Row> rows(Subject subject) {
    Dataset<Row> own = own(subject.archive());
    Dataset<Row> other = other(subject.archive());
    Object[] counts = {own.count(), unreliable(own), other.count(), unreliable(other)};
    List<Row> rows = new ArrayList<>();
    for (String score : SCORES) {
      // The lower the score, the more of an outlier.
      Roc roc =
          Roc.of(
              other.select(col(score).multiply(-1)), own.select(col(score).multiply(-1)), POINTS);
      for (double[] point : roc.points()) {
        rows.add(
            RowFactory.create(
                (long) rows.size(),
                score,
                point[0],
                point[1],
                roc.area(),
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                estimate(own),
                estimate(other)));
      }
    }
    return rows;
  }

  /**
   * How log p(x) was estimated, in words; null in tables of earlier versions, which do not tell.
   */
  private static String estimate(Dataset<Row> scores) {
    return MarkedColumns.mark(scores.schema(), MarkedColumns.ESTIMATE).orElse(null);
  }

  private static long unreliable(Dataset<Row> scores) {
    return scores.where(coalesce(not(col("reliable")), lit(false))).count();
  }

  private static double area(String score, List<Row> rows) {
    return of(score, rows).get(0).getAs(AREA);
  }

  private static List<Row> of(String score, List<Row> rows) {
    return rows.stream().filter(row -> score.equals(row.getAs(SCORE))).toList();
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (String set : List.of(TEST_IMAGES, OUTLIERS)) {
      figures.put(set, rows.get(0).getAs(set));
      figures.put(UNRELIABLE + set, rows.get(0).getAs(UNRELIABLE + set));
      figures.put(ESTIMATE + set, rows.get(0).getAs(ESTIMATE + set));
    }
    SCORES.forEach(score -> figures.put("area_by_" + score, area(score, rows)));
    figures.put("against", against);
    return figures;
  }

  @Override
  public List<String> lines(List<Row> rows) {
    Row first = rows.get(0);
    List<String> lines = new ArrayList<>();
    lines.add(
        "Outliers: %s against %s"
            .formatted(
                Readable.count(first.<Long>getAs(OUTLIERS), "other image"),
                Readable.count(first.<Long>getAs(TEST_IMAGES), "test image")));
    otherwiseEstimated(first).ifPresent(lines::add);
    for (String score : SCORES) {
      double area = area(score, rows);
      lines.add(
          String.format(
              Locale.ROOT,
              "  area under the curve by %-15s %.4f%s",
              title(score),
              area,
              area < BELOW_CHANCE ? ": the other images have the larger scores" : ""));
    }
    long unreliable =
        first.<Long>getAs(UNRELIABLE + OUTLIERS) + first.<Long>getAs(UNRELIABLE + TEST_IMAGES);
    if (unreliable > 0) {
      lines.add(
          "  Of %s the error of log p(x) is not known, so that the curve by log p(x) is of estimates, not of log p(x)"
              .formatted(Readable.count(unreliable, "image")));
    }
    return lines;
  }

  private static Optional<String> otherwiseEstimated(Row row) {
    String own = row.getAs(ESTIMATE + TEST_IMAGES);
    String other = row.getAs(ESTIMATE + OUTLIERS);
    return own == null || other == null || own.equals(other)
        ? Optional.empty()
        : Optional.of(
            "  These areas are not of the images alone: scores of the other images are by %s, the run's by %s; score both alike"
                .formatted(other, own));
  }

  private static String title(String score) {
    return switch (score) {
      case "log_likelihood" -> "log p(x)";
      case "elbo" -> "the bound";
      default -> "reconstruction";
    };
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    List<Sheet.Curve> curves = new ArrayList<>();
    for (String score : SCORES) {
      List<Row> of = of(score, rows);
      curves.add(
          new Sheet.Curve(
              String.format(Locale.ROOT, "%s: area %.3f", title(score), area(score, rows)),
              of.stream().mapToDouble(row -> row.<Double>getAs(ALARMS)).toArray(),
              of.stream().mapToDouble(row -> row.<Double>getAs(FOUND)).toArray()));
    }
    curves.add(new Sheet.Curve("chance", new double[] {0, 1}, new double[] {0, 1}));
    sheet.curves(
        "curves",
        "Other images told from test images by their scores",
        List.of("share of test images called outliers", "share of other images called outliers"),
        curves);
  }
}
