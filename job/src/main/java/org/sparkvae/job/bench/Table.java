package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Measurements of several repeats, as a row for each engine, number of workers and phase.
 *
 * @param workload what all did
 * @param rows phase by phase, engines in the order in which they were first measured
 */
record Table(Workload workload, List<Row> rows) {
  private static final double GIGA = 1e9;

  /** The table of some measurements. */
  static Table of(Workload workload, List<Measurement> measurements) {
    OptionalDouble sgemm =
        medianOf(measurements.stream().filter(m -> m.phase() == Phase.SGEMM).toList());
    List<Row> rows = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      Map<String, List<Measurement>> groups = new LinkedHashMap<>();
      for (Measurement one : measurements) {
        if (one.phase() == phase) {
          String name = Row.name(one.engine(), one.workers());
          groups.computeIfAbsent(name, unused -> new ArrayList<>()).add(one);
        }
      }
      groups.values().forEach(group -> rows.add(row(workload, sgemm, group, groups)));
    }
    return new Table(workload, List.copyOf(rows));
  }

  /** The rows of a phase. */
  List<Row> rows(Phase phase) {
    return rows.stream().filter(row -> row.phase() == phase).toList();
  }

  private static Row row(
      Workload workload,
      OptionalDouble sgemm,
      List<Measurement> group,
      Map<String, List<Measurement>> groups) {
    Measurement first = group.get(0);
    Spread rate = spread(group, Measurement::rate);
    TreeMap<String, Double> ratios = new TreeMap<>();
    groups.forEach(
        (name, peer) -> {
          if (name.startsWith(Measurement.PEER)) {
            ratios.put(name, rate.median() / spread(peer, Measurement::rate).median());
          }
        });
    Double floorShare = null;
    if (first.phase() != Phase.SGEMM && sgemm.isPresent()) {
      double most =
          first.workers() * sgemm.getAsDouble() * GIGA / workload.operations(first.phase());
      floorShare = rate.median() / most;
    }
    boolean timed = group.stream().map(Measurement::computeShare).allMatch(Objects::nonNull);
    Double overhead = timed ? 1 - spread(group, Measurement::computeShare).median() : null;
    return new Row(
        first.phase(), first.engine(), first.workers(), rate, floorShare, overhead, ratios);
  }

  private static OptionalDouble medianOf(List<Measurement> measurements) {
    return measurements.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(spread(measurements, Measurement::rate).median());
  }

  private static Spread spread(List<Measurement> group, Function<Measurement, Double> value) {
    return Spread.of(group.stream().mapToDouble(value::apply).toArray());
  }
}
