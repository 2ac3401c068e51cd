package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * Several runs side by side, from their {@code config.conf} and {@code summary.json}: active units
 * and NLL against what their settings of model and training differ in. A row is a run, in the order
 * in which they are named.
 *
 * @param directories of the runs
 */
public record Runs(
    @Setting(
            says =
                "Directories of runs that have results, any Hadoop URIs; such as [runs/a, runs/b].",
            otherwise = "[]")
        List<String> directories)
    implements Analysis {
  private static final String DIRECTORY = "directory";
  private static final String DIFFERS = "differs";
  private static final String ACTIVE = "active_units";
  private static final String UNITS = "latent_units";
  private static final String NLL = "test_nll";

  /** What a run is by its settings, a column each. */
  private static final Map<String, String> SETTINGS = settings();

  /** What neither the model nor its training is by. */
  private static final Set<String> OTHER = Set.of("training.checkpoint", "training.gradient-noise");

  /** Makes the list immutable. */
  public Runs {
    directories = List.copyOf(directories);
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", "model.type");
    settings.put("posterior", "model.posterior.type");
    settings.put("latent", "model.latent");
    settings.put("encoder", "model.encoder.hidden");
    settings.put("bound", "training.bound.type");
    settings.put("alpha", "training.bound.alpha");
    settings.put("seed", "seed");
    return settings;
  }

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return directories.isEmpty()
        ? Optional.of(
            new Contradiction(
                "directories",
                "is []; name the directories of the runs, or leave runs out of analyse.kinds"))
        : Optional.empty();
  }

  @Override
  public List<String> dependsOn(Archive archive) {
    return directories.stream().map(directory -> run(directory, archive).toString()).toList();
  }

  private static Archive.OtherRun run(String directory, Archive archive) {
    return archive
        .run(directory)
        .orElseThrow(
            () ->
                new AnalysisException(
                    "analyse.runs.directories holds %s, which has no config.conf and summary.json of a run: name a run that is evaluated, or leave it out"
                        .formatted(directory)));
  }

  @Override
  public StructType columns() {
    StructType columns =
        new StructType().add("number", LongType, false).add(DIRECTORY, StringType, false);
    for (String name : SETTINGS.keySet()) {
      columns = columns.add(name, StringType, true);
    }
    return columns
        .add(DIFFERS, StringType, false)
        .add(ACTIVE, LongType, true)
        .add(UNITS, LongType, true)
        .add(NLL, DoubleType, true);
  }

  @Override
  public List<Row> rows(Subject subject) {
    List<Archive.OtherRun> runs =
        directories.stream().map(directory -> run(directory, subject.archive())).toList();
    Set<String> differing = differing(runs);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Archive.OtherRun run = runs.get(i);
      List<Object> row = new ArrayList<>();
      row.add((long) i);
      row.add(directories.get(i));
      SETTINGS.values().forEach(key -> row.add(run.settings().get(key)));
      row.add(
          differing.stream()
              .filter(run.settings()::containsKey)
              .map(
                  key ->
                      key.replaceFirst("^(model|training)\\.", "") + " " + run.settings().get(key))
              .collect(Collectors.joining(", ")));
      row.add(whole(run, ACTIVE));
      row.add(whole(run, UNITS));
      row.add(run.summary().get(NLL) instanceof Number nll ? nll.doubleValue() : null);
      rows.add(RowFactory.create(row.toArray()));
    }
    return rows;
  }

  private static Long whole(Archive.OtherRun run, String key) {
    return run.summary().get(key) instanceof Number number ? number.longValue() : null;
  }

  /** The settings of model, training and seed that not all have alike. */
  private static Set<String> differing(List<Archive.OtherRun> runs) {
    Set<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.settings().keySet()));
    keys.removeIf(
        key ->
            !key.matches("seed|(model|training)\\..*")
                || OTHER.stream().anyMatch(key::startsWith)
                || runs.stream().map(run -> run.settings().get(key)).distinct().count() == 1);
    return keys;
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put(DIFFERS, row.getAs(DIFFERS));
      for (String figure : List.of(ACTIVE, UNITS, NLL)) {
        own.put(figure, row.getAs(figure));
      }
      figures.put(row.getAs(DIRECTORY), own);
    }
    return figures;
  }

  /** What differs, or the directory's name where nothing does. */
  private static String title(Row row) {
    String differs = row.getAs(DIFFERS);
    return differs.isEmpty() ? row.<String>getAs(DIRECTORY).replaceFirst(".*/(?=.)", "") : differs;
  }

  @Override
  public List<String> lines(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("Runs: " + Readable.count(rows.size()) + " side by side");
    for (Row row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %4s of %4s units active, NLL %8s  %s",
              row.getAs(ACTIVE) == null ? "-" : row.getAs(ACTIVE),
              row.getAs(UNITS) == null ? "-" : row.getAs(UNITS),
              row.getAs(NLL) == null ? "-" : Readable.nats(row.getAs(NLL)),
              title(row)));
    }
    return lines;
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    List<Sheet.Bar> bars =
        rows.stream()
            .filter(row -> row.getAs(ACTIVE) != null)
            .map(row -> new Sheet.Bar(title(row), row.<Long>getAs(ACTIVE)))
            .toList();
    if (!bars.isEmpty()) {
      sheet.bars("Active units of runs, by what they differ in", "active latent units", 0, bars);
    }
  }
}
