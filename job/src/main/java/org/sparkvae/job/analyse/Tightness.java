package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.annealing.AnnealingLimits;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Estimator;
import org.sparkvae.importance.Reliability;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * How tight the bound is, image by image, and what it lacks (Cremer, Li & Duvenaud, "Inference
 * suboptimality in variational autoencoders", 2018, eq. 5): log p(x) - L[q*], the approximation
 * gap, is what the family of posteriors lacks, and L[q*] - L[q], the amortisation gap, is what the
 * encoder lacks. q* is the best posterior of the family for the image, which a search finds.
 *
 * @param images of the test set, the first so many
 * @param samples of log w of the encoder's posterior, the best, and a wider one
 * @param steps of a round of the search
 * @param stepSize with which a round begins
 * @param estimator of log p(x), beside importance samples
 */
public record Tightness(
    @Setting(says = "The first so many test images.", otherwise = "100", least = 1) int images,
    @Setting(
            says =
                "Samples of each image, of the encoder's posterior, of the best, and of a wider one"
                    + " for log p(x).",
            otherwise = "10000",
            least = 2)
        int samples,
    @Setting(
            says =
                "Steps of Adam in a round of the search for the best posterior; another follows"
                    + " where one brings 0.01 nats.",
            otherwise = "800",
            least = 1)
        int steps,
    @Setting(
            says = "Step size as a round begins, from which it falls to 0.",
            otherwise = "0.01",
            above = 0)
        double stepSize,
    @Setting(says = "What estimates log p(x) beside importance samples.", otherwise = "importance")
        Estimator estimator)
    implements Analysis {
  /** Images of a task: some seconds' work. */
  private static final int TOGETHER = 16;

  private static final String RELIABLE = "reliable";

  @Override
  public StructType columns() {
    StructType columns =
        new StructType()
            .add("id", LongType, false)
            .add("label", IntegerType, true)
            .add("label_name", StringType, true)
            .add("id_text", StringType, true)
            .add("path", StringType, true);
    for (GapFigure figure : GapFigure.values()) {
      columns =
          columns
              .add(figure.column(), DoubleType, false)
              .add(figure.errorColumn(), DoubleType, false);
    }
    return columns.add("pareto_k", DoubleType, true).add(RELIABLE, BooleanType, true);
  }

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    if (Refinement.contradiction(model).isPresent()) {
      return Optional.of(
          new Contradiction(
              "images",
              (model.hasEncoder()
                      ? "is %d, but no search finds the best posterior of a model that draws bits; leave"
                          + " analyse out of the pipeline"
                      : "is %d, but a model without an encoder has no gap; leave analyse out of the pipeline")
                  .formatted(images)));
    }
    return estimator
        .annealed()
        .flatMap(how -> contradiction(model, how))
        .map(of -> new Contradiction("estimator." + of.setting(), of.says()));
  }

  @Override
  public boolean needsLogLikelihood() {
    return true;
  }

  @Override
  public String diverged(List<Long> images) {
    return "image %d cannot be analysed%s: its importance weights are all zero, or one is NaN or infinite; the model has diverged: train it with a lower learning rate, or take an earlier checkpoint"
        .formatted(
            images.get(0),
            images.size() > 1 ? " (nor can " + images.subList(1, images.size()) + ")" : "");
  }

  private static Optional<Contradiction> contradiction(Model model, Annealed how) {
    if (how.simulated() > 0) {
      return Optional.of(
          new Contradiction(
              "simulated",
              "is above 0, but images are simulated in an evaluation only; leave it out"));
    }
    return how.chains() < 2
        ? Optional.of(
            new Contradiction(
                "chains", "is 1, but the error of one chain is not known; set it to 2 or more"))
        : AnnealingLimits.of(model, how);
  }

  @Override
  public List<Row> rows(Subject subject) {
    return subject.ofImages(images, TOGETHER, this::rows);
  }

  private List<Row> rows(ModelHere model, List<SeenImage> some) {
    List<Gaps> gaps = new GapFinder(model, this).find(some);
    return IntStream.range(0, some.size()).mapToObj(i -> row(some.get(i), gaps.get(i))).toList();
  }

  private static Row row(SeenImage image, Gaps gaps) {
    List<Object> values = new ArrayList<>();
    values.add(image.id());
    values.add(image.label() < 0 ? null : image.label());
    values.add(image.labelName());
    values.add(image.idText());
    values.add(image.path());
    for (GapFigure figure : GapFigure.values()) {
      values.add(figure.of(gaps).value());
      values.add(figure.of(gaps).standardError());
    }
    Reliability reliability = gaps.logLikelihood().reliability();
    values.add(Double.isNaN(reliability.paretoK()) ? null : reliability.paretoK());
    values.add(reliability.reliable());
    return RowFactory.create(values.toArray());
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", rows.size());
    figures.put("samples", samples);
    figures.put("reliable_images", reliable(rows));
    for (GapFigure figure : GapFigure.values()) {
      MeanFigure mean = mean(figure, rows);
      figures.put(figure.column(), mean.value());
      figures.put(figure.errorColumn(), mean.standardError());
      figures.put(figure.errorColumn() + "_from_sampling", mean.errorFromSampling());
    }
    return figures;
  }

  @Override
  public List<String> lines(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Tightness: "
            + Readable.count(rows.size(), "image")
            + ", "
            + Readable.count(samples, "sample")
            + " each");
    for (GapFigure figure : GapFigure.values()) {
      MeanFigure mean = mean(figure, rows);
      lines.add(
          line(
              figure.title(),
              Readable.nats(mean.value()),
              figure.isDifference() ? plusMinus(mean.standardError()) : ""));
    }
    int index = columns().fieldIndex(RELIABLE);
    // Rows of an earlier version do not tell of chains.
    long unreliable =
        rows.stream().filter(row -> !row.isNullAt(index) && !row.getBoolean(index)).count();
    if (unreliable > 0) {
      lines.add(
          "  Of "
              + Readable.count(unreliable, "image")
              + " the errors of log p(x) and the approximation gap are not known (the column");
      lines.add("  reliable tells which); in expectation both are lower bounds: raise");
      lines.add(
          "  analyse.tightness.samples, or "
              + (estimator.annealed().isPresent()
                  ? "estimator.temperatures or estimator.chains"
                  : "set analyse.tightness.estimator.type = annealed"));
    }
    return lines;
  }

  private static String line(String name, String value, String error) {
    return String.format(Locale.ROOT, "  %-24s %10s %snats/image", name, value, error);
  }

  /** The error with its sign, or nothing where it is not known. */
  private static String plusMinus(double error) {
    return Double.isNaN(error) ? "" : "+- " + Readable.nats(error) + " ";
  }

  private MeanFigure mean(GapFigure figure, List<Row> rows) {
    return MeanFigure.of(column(rows, figure.column()), column(rows, figure.errorColumn()));
  }

  private long reliable(List<Row> rows) {
    int index = columns().fieldIndex(RELIABLE);
    return rows.stream().filter(row -> !row.isNullAt(index) && row.getBoolean(index)).count();
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    sheet.gaps(
        column(rows, GapFigure.LOG_LIKELIHOOD.column()),
        column(rows, GapFigure.APPROXIMATION_GAP.column()),
        column(rows, GapFigure.AMORTISATION_GAP.column()));
  }

  private double[] column(List<Row> rows, String name) {
    int index = columns().fieldIndex(name);
    return rows.stream().mapToDouble(row -> row.getDouble(index)).toArray();
  }
}
