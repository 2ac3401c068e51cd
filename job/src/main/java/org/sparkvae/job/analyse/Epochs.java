package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.kinds.Setting;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * What the model made of the same random numbers as it was trained: means of p(x|z), beside each
 * other, after some of those epochs whose checkpoints the run kept ({@code
 * training.checkpoint.milestones}), and of the trained model. Where the prior is not trained, codes
 * are the same. A row is a sample after an epoch.
 *
 * @param after which epochs
 * @param samples of each
 */
public record Epochs(
    @Setting(
            says =
                "After which epochs samples are made, beside the trained model's; those whose"
                    + " checkpoints are gone are left out (training.checkpoint.milestones keeps them).",
            otherwise = "[1, 10, 100, 1000]",
            least = 1)
        List<Integer> after,
    @Setting(says = "Samples after each epoch.", otherwise = "10", least = 1, most = 100)
        int samples)
    implements Analysis {
  private static final String EPOCH = "epoch";
  private static final String IMAGE = "image";

  /** Makes the list immutable. */
  public Epochs {
    after = List.copyOf(after);
  }

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return Optional.empty();
  }

  /** Those that are there, rising. */
  private SortedSet<Integer> found(Archive archive) {
    SortedSet<Integer> found = new TreeSet<>(after);
    found.retainAll(archive.epochs());
    found.add(archive.epoch());
    return found;
  }

  @Override
  public List<String> dependsOn(Archive archive) {
    return List.of("epochs " + found(archive));
  }

  @Override
  public StructType columns() {
    return new StructType()
        .add("number", LongType, false)
        .add(EPOCH, IntegerType, false)
        .add("sample", IntegerType, false)
        .add(IMAGE, createArrayType(FloatType, false), false);
  }

  @Override
  public List<Row> rows(Subject subject) {
    long key = Noise.key(subject.seed(), Noise.Purpose.PRIOR, 0, 0);
    int count = samples;
    List<Row> rows = new ArrayList<>();
    for (int epoch : found(subject.archive())) {
      float[][] images =
          epoch == subject.archive().epoch()
              ? subject.inTask(
                  model ->
                      new BlockCodec(model.spec(), model.parameters(), count).sample(key, count))
              : subject.inTask(
                  epoch,
                  model ->
                      new BlockCodec(model.spec(), model.parameters(), count).sample(key, count));
      for (int i = 0; i < count; i++) {
        rows.add(RowFactory.create((long) rows.size(), epoch, i, images[i]));
      }
    }
    return rows;
  }

  private static Map<Integer, List<Row>> byEpoch(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.<Integer>getAs(EPOCH), TreeMap::new, Collectors.toList()));
  }

  /** Those that were asked for and are not there, up to the model's own. */
  private List<Integer> gone(List<Row> rows) {
    List<Integer> found = List.copyOf(byEpoch(rows).keySet());
    int last = found.get(found.size() - 1);
    return after.stream().filter(of -> of < last && !found.contains(of)).sorted().toList();
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("epochs", List.copyOf(byEpoch(rows).keySet()));
    figures.put("epochs_gone", gone(rows));
    figures.put("samples", samples);
    return figures;
  }

  @Override
  public List<String> lines(List<Row> rows) {
    String found =
        byEpoch(rows).keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    List<Integer> gone = gone(rows);
    return Stream.concat(
            Stream.of("Epochs: samples after epoch " + found),
            gone.isEmpty()
                ? Stream.empty()
                : Stream.of(
                    "  The checkpoints of %s are gone: a run that is to keep them sets training.checkpoint.milestones = %2$s before it trains"
                        .formatted(gone, after)))
        .toList();
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    Map<Integer, List<Row>> byEpoch = byEpoch(rows);
    List<List<float[]>> strips = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      int sample = i;
      strips.add(
          byEpoch.values().stream().map(of -> Values.floats(of.get(sample), IMAGE)).toList());
    }
    sheet.strips(
        "",
        "Samples of the same random numbers after some epochs",
        byEpoch.keySet().stream().map(epoch -> "epoch " + epoch).toList(),
        strips);
  }
}
