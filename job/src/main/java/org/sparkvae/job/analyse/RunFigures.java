package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
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
  private static final String KL = "test_kl";
  private static final String PARAMETERS = "parameters";
  private static final String SPEED = "training_images_per_second";

  /** Keys of the summary, which are columns too. */
  private static final Map<String, DataType> KEYS = keys();

  private static final List<String> HEADER =
      List.of("", "NLL", "error", "reliable", "KL", "active", "parameters", "trained images/s");

  private RunFigures() {}

  private static Map<String, DataType> keys() {
    Map<String, DataType> keys = new LinkedHashMap<>();
    keys.put(ACTIVE, LongType);
    keys.put(UNITS, LongType);
    keys.put(NLL, DoubleType);
    keys.put(ERROR, DoubleType);
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

  /** An NLL without an error is a bound: not all of its estimates can be trusted. */
  private static List<String> line(String name, Row run) {
    boolean bound = run.getAs(NLL) != null && run.getAs(ERROR) == null;
    return List.of(
        name,
        real(run, NLL, Readable::nats),
        bound ? "bound" : real(run, ERROR, Readable::nats),
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
