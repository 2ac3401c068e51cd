package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * Principal components of codes: of the means of all test images' posteriors, and of draws of them.
 * Where posteriors match the prior on the whole, draws have eigenvalues about 1, and units that the
 * model does not use means of eigenvalue about 0.
 *
 * <p>A row is the component of that rank, and the latent unit of that number: {@code
 * unit_mean_variance}, divided by n - 1; divided by n, as evaluations divide it, more than 0.01
 * makes it active (Burda, Grosse & Salakhutdinov, 2016); and its correlations with all units. Of a
 * model of several layers, the one next to the image.
 */
public record Pca() implements Analysis {
  private static final String NUMBER = "number";
  private static final String MEANS = "mean_";
  private static final String DRAWS = "draw_";
  private static final String ACTIVE = "unit_is_active";

  /** Of all means together, about what rounding makes of means that are all the same. */
  private static final double NO_VARIANCE = 1e-12;

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return OfCodes.contradiction(model, name());
  }

  @Override
  public StructType columns() {
    StructType columns = new StructType().add(NUMBER, LongType, false);
    for (String of : List.of(MEANS, DRAWS)) {
      columns =
          columns
              .add(of + "eigenvalue", DoubleType, false)
              .add(of + "share", DoubleType, false)
              .add(of + "component", createArrayType(DoubleType, false), false);
    }
    columns = columns.add(ACTIVE, BooleanType, false);
    for (String of : List.of(MEANS, DRAWS)) {
      columns =
          columns
              .add("unit_" + of + "variance", DoubleType, false)
              .add("unit_" + of + "correlations", createArrayType(DoubleType, false), false);
    }
    return columns;
  }

  @Override
  public List<Row> rows(Subject subject) {
    Dataset<Row> codes = OfCodes.atLeast(2, subject, name());
    Spectrum means = Spectrum.of(codes, OfCodes.MEAN);
    Spectrum draws = Spectrum.of(codes, OfCodes.DRAW);
    double images = codes.count();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < means.mean().length; i++) {
      List<Object> row = new ArrayList<>(List.of(i + 1L));
      for (Spectrum of : List.of(means, draws)) {
        row.addAll(List.of(of.eigenvalues()[i], of.share(i), of.components()[i]));
      }
      row.add(means.variance(i) * (images - 1) / images > OfCodes.ACTIVE);
      for (Spectrum of : List.of(means, draws)) {
        row.addAll(List.of(of.variance(i), of.correlations(i)));
      }
      rows.add(RowFactory.create(row.toArray()));
    }
    return rows;
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("latent_units", rows.size());
    figures.put("active_units", active(rows));
    figures.put("inactive_units", rows.size() - active(rows));
    figures.put("components_of_90_percent", meansVary(rows) ? componentsOf(0.9, rows) : null);
    for (String of : List.of(MEANS, DRAWS)) {
      figures.put(
          of + "eigenvalues", Arrays.stream(column(of + "eigenvalue", rows)).boxed().toList());
    }
    return figures;
  }

  private static long active(List<Row> rows) {
    return rows.stream().filter(row -> row.<Boolean>getAs(ACTIVE)).count();
  }

  private static boolean meansVary(List<Row> rows) {
    return Arrays.stream(column(MEANS + "eigenvalue", rows)).sum() > NO_VARIANCE;
  }

  /** How many components hold a share of the variance of means. */
  private static int componentsOf(double share, List<Row> rows) {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      sum += rows.get(i).<Double>getAs(MEANS + "share");
      if (sum >= share) {
        return i + 1;
      }
    }
    return rows.size();
  }

  private static double[] column(String name, List<Row> rows) {
    return rows.stream().mapToDouble(row -> row.<Double>getAs(name)).toArray();
  }

  @Override
  public List<String> lines(List<Row> rows) {
    double[] draws = column(DRAWS + "eigenvalue", rows);
    int components = componentsOf(0.9, rows);
    return List.of(
        "PCA: %d of %d latent units active; %s"
            .formatted(
                active(rows),
                rows.size(),
                meansVary(rows)
                    ? "%s %s 90 %% of the variance of means"
                        .formatted(
                            Readable.count(components, "component"),
                            components == 1 ? "holds" : "hold")
                    : "posterior means do not vary"),
        String.format(
            Locale.ROOT,
            "  draws have eigenvalues from %.2f to %.2f; where the prior is standard normal and posteriors match it, all are 1",
            draws[draws.length - 1],
            draws[0]));
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    double[] numbers = rows.stream().mapToDouble(row -> row.<Long>getAs(NUMBER)).toArray();
    sheet.curves(
        "",
        "Eigenvalues of the covariance of codes: %d of %d units active"
            .formatted(active(rows), rows.size()),
        List.of("principal component", "variance"),
        List.of(
            new Sheet.Curve("draws of the posteriors", numbers, column(DRAWS + "eigenvalue", rows)),
            new Sheet.Curve(
                "means of the posteriors", numbers, column(MEANS + "eigenvalue", rows))));
    sheet.matrices(
        "correlations",
        "Correlations of latent units: orange +1, white 0, blue -1",
        List.of("of means of the posteriors", "of draws"),
        List.of(correlations(MEANS, rows), correlations(DRAWS, rows)));
  }

  private static double[][] correlations(String of, List<Row> rows) {
    return rows.stream()
        .map(row -> row.<Double>getList(row.fieldIndex("unit_" + of + "correlations")))
        .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }
}
