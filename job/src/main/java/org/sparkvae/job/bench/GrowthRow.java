package org.sparkvae.job.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sparkvae.job.checkpoint.EpochRecord;

/**
 * Where the time of a run's rounds went: medians over its epochs, the first left out.
 *
 * @param series what is varied
 * @param parameters of the model
 * @param shards that take part in a round
 * @param every minibatch steps of a shard in a round
 * @param images of the training set
 * @param imageBytes of an image in the shards; 0 where it is not known
 * @param rounds of an epoch
 * @param epoch seconds of an epoch
 * @param beside seconds of an epoch outside its rounds: to hand out weights and to collect them
 * @param compute seconds of a round in its slowest task
 * @param aggregate seconds of a round beyond that, until all have the averaged parameters
 */
record GrowthRow(
    String series,
    long parameters,
    int shards,
    int every,
    long images,
    double imageBytes,
    int rounds,
    double epoch,
    double beside,
    double compute,
    double aggregate) {

  /** What a run's epochs come to. */
  static GrowthRow of(
      String series,
      long parameters,
      int shards,
      int every,
      double imageBytes,
      List<EpochRecord> history) {
    List<EpochRecord> epochs = history.subList(Math.min(1, history.size() - 1), history.size());
    EpochRecord any = epochs.get(0);
    return new GrowthRow(
        series,
        parameters,
        shards,
        every,
        any.work().images(),
        imageBytes,
        any.work().rounds(),
        median(epochs, e -> e.times().whole()),
        median(epochs, e -> e.times().schedule()),
        median(epochs, e -> e.times().compute() / e.work().rounds()),
        median(epochs, e -> e.times().aggregate() / e.work().rounds()));
  }

  /** The rows whose rounds have as many steps as those of one. */
  static List<GrowthRow> ofLengthOf(GrowthRow one, List<GrowthRow> rows) {
    return rows.stream().filter(row -> row.every == one.every).toList();
  }

  /** The share of an epoch that is not spent in steps of its slowest tasks, from 0 to 1. */
  double overhead() {
    return (beside + rounds * aggregate) / (beside + rounds * (compute + aggregate));
  }

  /** Seconds of a minibatch step. */
  double step() {
    return compute / every;
  }

  private static double median(List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> value) {
    return Spread.of(epochs.stream().mapToDouble(value).toArray()).median();
  }
}
