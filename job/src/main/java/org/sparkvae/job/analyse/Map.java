package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * A map of codes: of a model of two latent units their plane, of another one the plane of the first
 * two principal components of posterior means. Cells of equal size cover all of its codes; the
 * middle of each is decoded, all other components at their mean. A cell without any code is an
 * empty region, and what it decodes to is what the model makes of codes that no image has.
 *
 * <p>A row is a code of an image, or a cell: {@code codes} says how many are in it, {@code decoded}
 * what its middle decodes to.
 *
 * @param images whose codes are mapped
 * @param side cells along each axis
 */
public record Map(
    @Setting(says = "The first so many test images, by id.", otherwise = "10000", least = 2)
        int images,
    @Setting(
            says = "Cells along each axis, whose middles are decoded.",
            otherwise = "20",
            least = 2,
            most = 100)
        int side)
    implements Analysis {
  private static final int TOGETHER = 100;

  /** Decoded middles of empty cells in the picture. */
  private static final int MOST_EMPTY = 60;

  private static final String PLANE = "plane";
  private static final String UNITS = "units";
  private static final String SHARE = "plane_share";
  private static final String CODES = "codes";
  private static final String DECODED = "decoded";

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return OfCodes.contradictionOfDecoding(model, name())
        .or(
            () ->
                model.latent() < 2
                    ? Optional.of(
                        new Contradiction(
                            "",
                            "holds map, but model.latent is 1, and a map needs 2; leave it out"))
                    : Optional.empty());
  }

  @Override
  public StructType columns() {
    return new StructType()
        .add("number", LongType, false)
        .add("id", LongType, true)
        .add("label", IntegerType, true)
        .add("label_name", StringType, true)
        .add("x", DoubleType, false)
        .add("y", DoubleType, false)
        .add(CODES, LongType, true)
        .add(DECODED, createArrayType(FloatType, false), true)
        .add(PLANE, StringType, false)
        .add(SHARE, DoubleType, false);
  }

  @Override
  public List<Row> rows(Subject subject) {
    Dataset<Row> codes = OfCodes.atLeast(2, subject, name());
    boolean ofUnits = subject.model().model().latent() == 2;
    Spectrum plane = ofUnits ? Spectrum.ofUnits(2) : Spectrum.of(codes, OfCodes.MEAN);
    List<Row> points =
        codes
            .orderBy("id")
            .limit(images)
            .select("id", "label", "label_name", OfCodes.MEAN)
            .toJavaRDD()
            .map(row -> point(row, plane))
            .collect();
    Cells cells = Cells.around(points.stream().map(Map::place).toList(), side);
    float[][] middles = new float[cells.count()][];
    for (int cell = 0; cell < middles.length; cell++) {
      double[] middle = cells.middle(cell);
      middles[cell] = plane.at(middle[0], middle[1]);
    }
    float[][] decoded =
        subject.inTask(
            model -> new BlockCodec(model.spec(), model.parameters(), TOGETHER).decode(middles));
    long[] inCell = cells.counts(points.stream().map(Map::place).toList());
    String what = ofUnits ? UNITS : "components";
    double share = plane.share(0) + plane.share(1);
    List<Row> rows = new ArrayList<>();
    for (Row of : points) {
      rows.add(
          RowFactory.create(
              (long) rows.size(),
              of.get(0),
              of.get(1),
              of.get(2),
              of.get(3),
              of.get(4),
              null,
              null,
              what,
              share));
    }
    for (int cell = 0; cell < decoded.length; cell++) {
      double[] middle = cells.middle(cell);
      rows.add(
          RowFactory.create(
              (long) rows.size(),
              null,
              null,
              null,
              middle[0],
              middle[1],
              inCell[cell],
              decoded[cell],
              what,
              share));
    }
    return rows;
  }

  /** Id, label, its name, and the place in the plane. */
  private static Row point(Row row, Spectrum plane) {
    double[] code = row.<Float>getList(3).stream().mapToDouble(Float::doubleValue).toArray();
    return RowFactory.create(
        row.get(0), row.get(1), row.get(2), plane.along(0, code), plane.along(1, code));
  }

  private static double[] place(Row point) {
    return new double[] {point.getDouble(3), point.getDouble(4)};
  }

  private static List<Row> codes(List<Row> rows) {
    return rows.stream().filter(row -> row.getAs(CODES) == null).toList();
  }

  private static List<Row> cells(List<Row> rows) {
    return rows.stream().filter(row -> row.getAs(CODES) != null).toList();
  }

  /** Those without any code, nearest to the middle of the map first. */
  private static List<Row> empty(List<Row> rows) {
    List<Row> all = cells(rows);
    Cells cells =
        Cells.around(
            all.stream().map(row -> new double[] {row.getAs("x"), row.getAs("y")}).toList(), 1);
    return all.stream()
        .filter(row -> row.<Long>getAs(CODES) == 0)
        .sorted(Comparator.comparingDouble(row -> cells.fromMiddle(row.getAs("x"), row.getAs("y"))))
        .toList();
  }

  @Override
  public java.util.Map<String, Object> figures(List<Row> rows) {
    java.util.Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", codes(rows).size());
    figures.put(PLANE, rows.get(0).getAs(PLANE));
    figures.put(SHARE, rows.get(0).getAs(SHARE));
    figures.put("cells", cells(rows).size());
    figures.put("empty_cells", empty(rows).size());
    return figures;
  }

  @Override
  public List<String> lines(List<Row> rows) {
    return List.of(
        "Map: codes of %s in a plane of %s with %.0f %% of the variance of means; %s of %s hold none"
            .formatted(
                Readable.count(codes(rows).size(), "image"),
                rows.get(0).getAs(PLANE),
                100 * rows.get(0).<Double>getAs(SHARE),
                Readable.count(empty(rows).size()),
                Readable.count(cells(rows).size(), "cell")));
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    List<Row> codes = codes(rows);
    boolean ofUnits = UNITS.equals(rows.get(0).getAs(PLANE));
    float[][] points = new float[codes.size()][];
    int[] labels = new int[points.length];
    java.util.Map<Integer, String> names = new HashMap<>();
    for (int i = 0; i < points.length; i++) {
      Row row = codes.get(i);
      points[i] =
          new float[] {row.<Double>getAs("x").floatValue(), row.<Double>getAs("y").floatValue()};
      labels[i] = row.getAs("label") == null ? -1 : row.<Integer>getAs("label");
      if (row.getAs("label_name") != null) {
        names.put(labels[i], row.getAs("label_name"));
      }
    }
    List<String> axes =
        ofUnits
            ? List.of("z1", "z2")
            : List.of("first principal component", "second principal component");
    sheet.points(
        "Posterior means of " + Readable.count(points.length, "image"),
        axes,
        points,
        labels,
        names);
    List<Row> cells = cells(rows);
    sheet.plane(
        "manifold",
        "The map, decoded: the middle of every cell",
        axes,
        middles(cells),
        decoded(cells));
    List<Row> empty = empty(rows);
    if (!empty.isEmpty()) {
      sheet.grid(
          "empty",
          "Cells without any code, decoded: those nearest to the middle first",
          decoded(empty.subList(0, Math.min(MOST_EMPTY, empty.size()))));
    }
  }

  /** The places of columns and of rows of cells, which come row by row from the top. */
  private float[][] middles(List<Row> cells) {
    float[][] middles = new float[2][side];
    for (int i = 0; i < side; i++) {
      middles[0][i] = cells.get(i).<Double>getAs("x").floatValue();
      middles[1][side - 1 - i] = cells.get(i * side).<Double>getAs("y").floatValue();
    }
    return middles;
  }

  private static List<float[]> decoded(List<Row> rows) {
    return rows.stream()
        .map(row -> Values.floats(row, DECODED))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
