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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.PosteriorBound;
import org.sparkvae.vae.PosteriorSearch;

/**
 * How tight the bound is, image by image, and what it lacks (Cremer, Li & Duvenaud, "Inference
 * suboptimality in variational autoencoders", 2018, eq. 5): log p(x) - L[q*], the approximation
 * gap, is what the family of posteriors lacks, and L[q*] - L[q], the amortisation gap, is what the
 * encoder lacks. q* is the best posterior of the family for the image, which a search finds.
 *
 * @param images of the test set, the first so many
 * @param samples of log w of either posterior
 * @param steps of a round of the search
 * @param stepSize with which a round begins
 */
public record Tightness(
    @Setting(says = "The first so many test images.", otherwise = "100", least = 1) int images,
    @Setting(
            says = "Samples of each image, of the encoder's and of the best posterior.",
            otherwise = "10000",
            least = 2)
        int samples,
    @Setting(
            says =
                "Steps of Adam in a round of the search for the best posterior; another follows"
                    + " where one brings 0.01 nats.",
            otherwise = "400",
            least = 1)
        int steps,
    @Setting(
            says = "Step size as a round begins, from which it falls to 0.",
            otherwise = "0.01",
            above = 0)
        double stepSize)
    implements Analysis {
  /** Images of one program: with the samples, enough rows for products to be fast. */
  private static final int TOGETHER = 10;

  /** Samples of each image in a step. */
  private static final int SAMPLES = 20;

  /** The use of noise that measures; those above it are the search's. */
  private static final int MEASURING = 0;

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
    return columns.add("pareto_k", DoubleType, true).add(RELIABLE, BooleanType, false);
  }

  @Override
  public List<Row> rows(Subject subject) {
    return subject.ofImages(images, TOGETHER, this::rows);
  }

  private List<Row> rows(ModelHere model, List<SeenImage> some) {
    PosteriorBound bound = new PosteriorBound(model.spec(), model.parameters(), TOGETHER, SAMPLES);
    for (int place = 0; place < TOGETHER; place++) {
      bound.image(place, at(place, some).values());
    }
    bound.encode();
    long[] measuring = keys(model, some, MEASURING);
    double[][] encoder = bound.logWeights(measuring, samples);
    new PosteriorSearch(stepSize, steps).run(bound, use -> keys(model, some, MEASURING + 1 + use));
    double[][] best = bound.logWeights(measuring, samples);
    List<Row> rows = new ArrayList<>();
    for (int place = 0; place < some.size(); place++) {
      rows.add(row(some.get(place), Gaps.of(encoder[place], best[place])));
    }
    return rows;
  }

  /** A short group is filled up, so that every row's arithmetic is the same. */
  private static SeenImage at(int place, List<SeenImage> some) {
    return some.get(Math.min(place, some.size() - 1));
  }

  private static long[] keys(ModelHere model, List<SeenImage> some, int use) {
    long[] keys = new long[TOGETHER];
    for (int place = 0; place < TOGETHER; place++) {
      keys[place] = Noise.key(model.seed(), Noise.Purpose.ANALYSIS, use, at(place, some).id());
    }
    return keys;
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
    double paretoK = gaps.reliability().paretoK();
    values.add(Double.isNaN(paretoK) ? null : paretoK);
    values.add(gaps.reliability().reliable());
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
    long unreliable = rows.size() - reliable(rows);
    if (unreliable > 0) {
      lines.add(
          "  Of "
              + Readable.count(unreliable, "image")
              + " log p(x) and the approximation gap are higher than these estimates (the column");
      lines.add("  reliable tells which): raise analyse.tightness.samples");
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
    return rows.stream().filter(row -> row.getBoolean(index)).count();
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
