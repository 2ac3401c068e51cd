package org.sparkvae.job.data.faults;

import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many of each kind there are, of at most {@value #MOST_KINDS} kinds; those of further kinds
 * are counted together.
 *
 * <p>A plain class rather than a record: it is shipped by Spark, whose Kryo cannot write records.
 */
public final class KindCounts implements Serializable {
  /** How many kinds are told apart. */
  public static final int MOST_KINDS = 1_000;

  static final KindCounts NONE = new KindCounts(new TreeMap<>());

  private static final long serialVersionUID = 1L;
  private static final String FURTHER = "of further kinds";
  private static final int MOST_NAMED = 5;

  private final TreeMap<String, Long> counts;

  private KindCounts(TreeMap<String, Long> counts) {
    this.counts = counts;
  }

  /** One of a kind, in words that follow a number. */
  static KindCounts one(String kind) {
    return of(Map.of(kind, 1L));
  }

  public static KindCounts of(Map<String, Long> counts) {
    return NONE.plus(new KindCounts(new TreeMap<>(counts)));
  }

  KindCounts plus(KindCounts others) {
    if (others.counts.isEmpty()) {
      return this;
    }
    TreeMap<String, Long> both = new TreeMap<>(counts);
    others.counts.forEach(
        (kind, count) -> {
          boolean apart = both.containsKey(kind) || both.size() < MOST_KINDS;
          both.merge(apart ? kind : FURTHER, count, Long::sum);
        });
    return new KindCounts(both);
  }

  /** How many there are, of all kinds. */
  public long total() {
    return counts.values().stream().mapToLong(count -> count).sum();
  }

  /** By kind, in the order of their names. */
  public SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** As in {@code 12 .webp, 1 .txt}: the most first, at most five kinds, and how many others. */
  @Override
  public String toString() {
    List<Map.Entry<String, Long>> named =
        counts.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(FURTHER))
            .sorted(
                Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(MOST_NAMED)
            .toList();
    long others = total() - named.stream().mapToLong(Map.Entry::getValue).sum();
    Stream<String> rest =
        others == 0 ? Stream.empty() : Stream.of(text(others, others == 1 ? "other" : "others"));
    return Stream.concat(named.stream().map(entry -> text(entry.getValue(), entry.getKey())), rest)
        .collect(Collectors.joining(", "));
  }

  private static String text(long count, String kind) {
    return String.format(Locale.ROOT, "%,d %s", count, kind);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KindCounts that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }
}
