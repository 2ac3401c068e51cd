package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * Several runs side by side, from their {@code config.conf} and {@code summary.json}: what they
 * came to against what their settings of model, training, images and evaluation differ in, and
 * whether their NLLs compare; and what each one's model makes up. A row is a run, in the order in
 * which they are named.
 *
 * @param directories of the runs
 * @param samples of each
 */
public record Runs(
    @Setting(
            says =
                "Directories of runs that have results, any Hadoop URIs; such as [runs/a, runs/b].",
            otherwise = "[]")
        List<String> directories,
    @Setting(
            says =
                "Samples of each run in the picture, as p(x given z), its most probable image and a"
                    + " draw of it; 0 for none, for which no model need be read.",
            otherwise = "10",
            least = 0,
            most = 100)
        int samples)
    implements Analysis {
  private static final String DIRECTORY = "directory";
  private static final String DIFFERS = "differs";
  private static final String IMAGES_DIFFER = "images_differ";
  private static final String EVALUATION_DIFFERS = "evaluation_differs";

  /** What a run is by its settings, a column each. */
  private static final Map<String, String> SETTINGS = settings();

  /** Columns for what differs, and the settings that each tells of. */
  private static final Map<String, Pattern> DIFFERENCES = differences();

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

  private static Map<String, Pattern> differences() {
    Map<String, Pattern> columns = new LinkedHashMap<>();
    columns.put(DIFFERS, Pattern.compile("seed|(model|training)\\..*"));
    columns.put(
        IMAGES_DIFFER,
        Pattern.compile("data\\.(binarisation|threshold|background|(resize|test)\\..*)"));
    columns.put(
        EVALUATION_DIFFERS, Pattern.compile("evaluation\\.(samples|(estimator|proposal)\\..*)"));
    return columns;
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
            () -> new AnalysisException("analyse.runs.directories " + holdsNoRun(directory)));
  }

  private static String holdsNoRun(String directory) {
    return "holds %s, which has no config.conf and summary.json of a run: name a run that is evaluated, or leave it out"
        .formatted(directory);
  }

  @Override
  public Optional<Contradiction> lacks(Archive archive) {
    return directories.stream()
        .filter(directory -> !archive.isOwn(directory) && archive.run(directory).isEmpty())
        .findFirst()
        .map(directory -> new Contradiction("directories", holdsNoRun(directory)));
  }

  @Override
  public StructType columns() {
    StructType columns =
        new StructType().add("number", LongType, false).add(DIRECTORY, StringType, false);
    for (String name : SETTINGS.keySet()) {
      columns = columns.add(name, StringType, true);
    }
    for (String name : DIFFERENCES.keySet()) {
      columns = columns.add(name, StringType, false);
    }
    return RunSamples.addTo(RunFigures.addTo(columns));
  }

  @Override
  public List<Row> rows(Subject subject) {
    List<Archive.OtherRun> runs =
        directories.stream().map(directory -> run(directory, subject.archive())).toList();
    List<Set<String>> differing =
        DIFFERENCES.values().stream().map(settings -> differing(runs, settings)).toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Archive.OtherRun run = runs.get(i);
      List<Object> row = new ArrayList<>();
      row.add((long) i);
      row.add(directories.get(i));
      SETTINGS.values().forEach(key -> row.add(run.settings().get(key)));
      differing.forEach(keys -> row.add(told(keys, run.settings())));
      row.addAll(RunFigures.cells(run.summary()));
      row.addAll(RunSamples.cells(subject, directories.get(i), samples));
      rows.add(RowFactory.create(row.toArray()));
    }
    return rows;
  }

  private static String told(Set<String> keys, Map<String, String> settings) {
    return keys.stream()
        .filter(key -> inUse(key, settings) != null)
        .map(key -> key.replaceFirst("^(model|training)\\.", "") + " " + settings.get(key))
        .collect(Collectors.joining(", "));
  }

  /** The settings that not all have alike. */
  private static Set<String> differing(List<Archive.OtherRun> runs, Pattern settings) {
    Set<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.settings().keySet()));
    keys.removeIf(
        key ->
            !settings.matcher(key).matches()
                || OTHER.stream().anyMatch(key::startsWith)
                || runs.stream().map(run -> inUse(key, run.settings())).distinct().count() == 1);
    return keys;
  }

  /** A setting's value; null where it is not set, or has no effect beside the others. */
  private static String inUse(String key, Map<String, String> settings) {
    String resizing = "data.resize.mode";
    boolean idle =
        key.equals("data.threshold") && !"threshold".equals(settings.get("data.binarisation"))
            || key.matches("data\\.resize\\.(width|height)")
                && "none".equals(settings.get(resizing));
    return idle ? null : settings.get(key);
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<String, Object> own = RunFigures.of(row);
      DIFFERENCES.keySet().forEach(column -> own.put(column, row.getAs(column)));
      figures.put(row.getAs(DIRECTORY), own);
    }
    return figures;
  }

  /** The last part of the directory, or all of it where runs would be called alike. */
  private static String name(Row row, List<Row> rows) {
    return rows.stream().map(Runs::last).distinct().count() == rows.size()
        ? last(row)
        : row.getAs(DIRECTORY);
  }

  private static String last(Row row) {
    return row.<String>getAs(DIRECTORY).replaceFirst("/+$", "").replaceFirst(".*/", "");
  }

  @Override
  public List<String> lines(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("Runs: " + Readable.count(rows.size()) + " side by side, nats per image");
    RunFigures.lines(rows, row -> name(row, rows)).forEach(line -> lines.add("  " + line));
    cautions(rows).forEach(line -> lines.add("  " + line));
    for (Row row : rows) {
      String name = "  " + name(row, rows) + ": ";
      RunSamples.model(row).ifPresent(model -> lines.add(name + model));
      RunSamples.missing(row).ifPresent(why -> lines.add(name + "no samples: " + why));
      Optional.of(differences(row))
          .filter(differs -> !differs.isEmpty())
          .ifPresent(differs -> lines.add(name + differs));
    }
    return lines;
  }

  private static String differences(Row row) {
    return DIFFERENCES.keySet().stream()
        .map(row::<String>getAs)
        .filter(differs -> !differs.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** What is against comparing the NLLs, by figures and by settings. */
  private static List<String> cautions(List<Row> rows) {
    List<String> lines = new ArrayList<>(RunFigures.cautions(rows, row -> name(row, rows)));
    if (differ(rows, IMAGES_DIFFER)) {
      lines.add("Settings of test images differ: these NLLs may be of other images");
    }
    if (differ(rows, EVALUATION_DIFFERS)) {
      lines.add("log p(x) is not estimated alike: NLLs differ by that, too");
    }
    return lines;
  }

  /** Whether runs that have an NLL differ in it. */
  private static boolean differ(List<Row> rows, String column) {
    return rows.stream()
            .filter(RunFigures::isScored)
            .map(row -> row.getAs(column))
            .distinct()
            .count()
        > 1;
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    List<Sheet.Bar> bars =
        rows.stream()
            .filter(row -> row.getAs(RunFigures.ACTIVE) != null)
            .map(row -> new Sheet.Bar(name(row, rows), row.<Long>getAs(RunFigures.ACTIVE)))
            .toList();
    if (!bars.isEmpty()) {
      sheet.bars("Active units of runs", "active latent units", 0, bars);
    }
    List<Sheet.Block> blocks = new ArrayList<>();
    for (Row row : rows) {
      List<Sheet.Strip> strips = RunSamples.strips(row);
      if (!strips.isEmpty()) {
        String heading = name(row, rows) + ": " + RunSamples.model(row).orElseThrow();
        blocks.add(new Sheet.Block(heading, strips));
      }
    }
    if (!blocks.isEmpty()) {
      sheet.blocks("samples", "Samples of runs", blocks);
    }
  }
}
