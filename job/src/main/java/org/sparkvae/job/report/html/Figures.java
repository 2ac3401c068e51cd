package org.sparkvae.job.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Figures of a JSON document as a person reads them. */
final class Figures {
  private static final MathContext DIGITS = new MathContext(5);

  private Figures() {}

  /**
   * Those that are single values, and known.
   *
   * @param without keys that are left out
   */
  static List<Page.Fact> facts(Map<String, Object> figures, Set<String> without) {
    List<Page.Fact> facts = new ArrayList<>();
    figures.forEach(
        (key, value) -> {
          if (value != null
              && !(value instanceof Map)
              && !(value instanceof List)
              && !without.contains(key)) {
            facts.add(new Page.Fact(words(key), text(value)));
          }
        });
    return facts;
  }

  /**
   * Figures of several things, a row each below a header.
   *
   * @return no rows where the figures are of one thing alone
   */
  static List<List<String>> table(Map<String, Object> figures) {
    Map<String, Map<?, ?>> things = new LinkedHashMap<>();
    Set<String> keys = new LinkedHashSet<>();
    figures.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> own) {
            things.put(name, own);
            own.keySet().forEach(key -> keys.add(String.valueOf(key)));
          }
        });
    if (things.isEmpty()) {
      return List.of();
    }
    List<List<String>> table = new ArrayList<>();
    table.add(Stream.concat(Stream.of(""), keys.stream().map(Figures::words)).toList());
    things.forEach(
        (name, own) ->
            table.add(
                Stream.concat(
                        Stream.of(name),
                        keys.stream().map(key -> own.get(key) == null ? "-" : text(own.get(key))))
                    .toList()));
    return table;
  }

  /** A key in words: test_nll is "test nll". */
  static String words(String key) {
    return key.replace('_', ' ');
  }

  /** A value: whole numbers with their thousands set apart, others to five digits. */
  static String text(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    }
    if (value instanceof Number number) {
      double real = number.doubleValue();
      if (!Double.isFinite(real)) {
        return "-";
      }
      BigDecimal rounded = new BigDecimal(real).round(DIGITS);
      return Math.abs(real) >= 1e3
          ? String.format(Locale.ROOT, "%,.0f", real)
          : rounded.stripTrailingZeros().toPlainString();
    }
    return String.valueOf(value);
  }
}
