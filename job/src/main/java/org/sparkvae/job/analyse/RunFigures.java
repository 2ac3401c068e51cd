package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.job.report.summary.TextTable;

/**
 * What runs came to, in cells of a table: figures of their summaries, null where there are none.
 */
final class RunFigures {
  /** Latent units that the test images move. */
  static final String ACTIVE = "active_units";

  private static final String UNITS = "latent_units";
  private static final String NLL = "test_nll";
  private static final String ERROR = "test_nll_standard_error";
  private static final String IMAGES = "test_images";
  private static final String RELIABLE = "reliable_images";
  private static final String LIKELIHOOD_OF = "log_likelihood_of";
  private static final String KL = "test_kl";
  private static final String PARAMETERS = "parameters";
  private static final String SPEED = "training_images_per_second";

  /** Keys of the summary, which are columns too. */
  private static final Map<String, DataType> KEYS = keys();

  private static final List<String> HEADER =
      List.of(
          "",
          "NLL",
          "error",
          "log p(x) of",
          "reliable",
          "KL",
          "active",
          "parameters",
          "trained images/s");

  private RunFigures() {}

  private static Map<String, DataType> keys() {
    Map<String, DataType> keys = new LinkedHashMap<>();
    keys.put(ACTIVE, LongType);
    keys.put(UNITS, LongType);
    keys.put(NLL, DoubleType);
    keys.put(ERROR, DoubleType);
    keys.put(LIKELIHOOD_OF, StringType);
    keys.put(IMAGES, LongType);
    keys.put(RELIABLE, LongType);
    keys.put(KL, DoubleType);
    keys.put(PARAMETERS, LongType);
    keys.put(SPEED, DoubleType);
    return keys;
  }

  /** Adds the columns. */
  static StructType addTo(StructType columns) {
    StructType all = columns;
    for (Map.Entry<String, DataType> key : KEYS.entrySet()) {
      all = all.add(key.getKey(), key.getValue(), true);
    }
    return all;
  }

  /** The cells of a run. */
  static List<Object> cells(Map<String, Object> summary) {
    List<Object> cells = new ArrayList<>();
    KEYS.forEach((key, type) -> cells.add(cell(summary.get(key), type)));
    return cells;
  }

  private static Object cell(Object value, DataType type) {
    if (type.equals(StringType)) {
      return value instanceof String ? value : null;
    }
    if (!(value instanceof Number number)) {
      return null;
    }
    return type.equals(LongType) ? (Object) number.longValue() : (Object) number.doubleValue();
  }

  /** The figures of a run, by their keys. */
  static Map<String, Object> of(Row run) {
    Map<String, Object> figures = new LinkedHashMap<>();
    KEYS.keySet().forEach(key -> figures.put(key, run.getAs(key)));
    return figures;
  }

  /**
   * Lines of a table for the console.
   *
   * @param name of a run
   */
  static List<String> lines(List<Row> runs, Function<Row, String> name) {
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    runs.forEach(run -> table.add(line(name.apply(run), run)));
    return TextTable.lines(table);
  }

  /** Whether a run has an NLL, which other runs' could be held against. */
  static boolean isScored(Row run) {
    return run.getAs(NLL) != null;
  }

  /**
   * Why NLLs of runs do not compare, a line each; none where the figures tell nothing against it.
   *
   * @param name of a run
   */
  static List<String> cautions(List<Row> runs, Function<Row, String> name) {
    List<Row> scored = runs.stream().filter(RunFigures::isScored).toList();
    List<String> lines = new ArrayList<>();
    Map<String, List<String>> of =
        by(scored, name, run -> run.getAs(LIKELIHOOD_OF) == null ? "" : run.getAs(LIKELIHOOD_OF));
    if (of.size() > 1) {
      lines.add("log p(x) is of " + told(of) + ": these NLLs do not compare");
    }
    Map<String, List<String>> images =
        by(scored, name, run -> run.getAs(IMAGES) == null ? "" : whole(run, IMAGES));
    if (images.size() > 1) {
      lines.add("Test images are " + told(images) + ": NLLs of other images do not compare");
    }
    return lines;
  }

  /** Names of runs by what a figure of theirs is, without those that do not tell. */
  private static Map<String, List<String>> by(
      List<Row> runs, Function<Row, String> name, Function<Row, String> figure) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    runs.forEach(
        run ->
            names.computeIfAbsent(figure.apply(run), of -> new ArrayList<>()).add(name.apply(run)));
    names.remove("");
    return names;
  }

  private static String told(Map<String, List<String>> names) {
    return names.entrySet().stream()
        .map(of -> of.getKey() + " in " + listed(of.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** An NLL without an error is a bound: not all of its estimates can be trusted. */
  private static List<String> line(String name, Row run) {
    boolean bound = run.getAs(NLL) != null && run.getAs(ERROR) == null;
    return List.of(
        name,
        real(run, NLL, Readable::nats),
        bound ? "bound" : real(run, ERROR, Readable::nats),
        run.getAs(LIKELIHOOD_OF) == null ? "-" : run.getAs(LIKELIHOOD_OF),
        of(run, RELIABLE, IMAGES),
        real(run, KL, Readable::nats),
        of(run, ACTIVE, UNITS),
        whole(run, PARAMETERS),
        real(run, SPEED, Readable::speed));
  }

  private static String real(Row run, String key, DoubleFunction<String> text) {
    return run.getAs(key) == null ? "-" : text.apply(run.<Double>getAs(key));
  }

  private static String whole(Row run, String key) {
    return run.getAs(key) == null ? "-" : Readable.count(run.<Long>getAs(key));
  }

  private static String of(Row run, String part, String all) {
    return run.getAs(part) == null ? "-" : whole(run, part) + " of " + whole(run, all);
  }
}
