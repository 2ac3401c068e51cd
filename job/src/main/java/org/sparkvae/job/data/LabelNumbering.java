package org.sparkvae.job.data;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The numbers that label names get: their own where all of them are whole numbers, else their ranks
 * in sorted order.
 */
final class LabelNumbering {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final TreeMap<Integer, String> names = new TreeMap<>();

  private LabelNumbering() {}

  /**
   * Numbers names, those of a run's beginning as they were numbered then: others come after them,
   * but where all of both are whole numbers.
   *
   * @param first names that a run began with; none in a new run
   * @param met names of the sources that are read
   */
  static LabelNumbering of(List<String> first, Stream<String> met) {
    List<String> others =
        met.filter(name -> Collections.binarySearch(first, name) < 0).distinct().sorted().toList();
    List<String> all = Stream.concat(first.stream(), others.stream()).sorted().toList();
    LabelNumbering numbering = new LabelNumbering();
    if (areNumbers(all)) {
      all.forEach(name -> numbering.numbers.put(name, number(name).getAsInt()));
      return numbering;
    }
    int room = Integer.MAX_VALUE - others.size();
    if (areNumbers(first) && first.stream().allMatch(name -> number(name).getAsInt() <= room)) {
      first.forEach(name -> numbering.numbers.put(name, number(name).getAsInt()));
    } else {
      numbering.rank(0, first);
    }
    int last = numbering.numbers.values().stream().mapToInt(number -> number).max().orElse(-1);
    numbering.rank(last + 1, others);
    return numbering;
  }

  private void rank(int from, List<String> sorted) {
    for (int i = 0; i < sorted.size(); i++) {
      numbers.put(sorted.get(i), from + i);
      names.put(from + i, sorted.get(i));
    }
  }

  /** Whether all names are whole numbers, no two of them the same, such as 1 and 01. */
  private static boolean areNumbers(List<String> names) {
    HashSet<Integer> different = new HashSet<>();
    for (String name : names) {
      OptionalInt number = number(name);
      if (number.isEmpty() || !different.add(number.getAsInt())) {
        return false;
      }
    }
    return true;
  }

  /** A name as a number from 0 to the largest int; leading zeros are no matter. */
  private static OptionalInt number(String name) {
    if (!name.matches("[0-9]+")) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(name));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** All names, sorted. */
  List<String> all() {
    return numbers.keySet().stream().sorted().toList();
  }

  /** The number of each of some names. */
  int[] numbers(List<String> of) {
    return of.stream().mapToInt(numbers::get).toArray();
  }

  /** What numbers stand for, without those that are names themselves. */
  Map<Integer, String> names() {
    return Collections.unmodifiableSortedMap(names);
  }
}
