package org.sparkvae.kinds;

import java.util.Arrays;
import java.util.List;

/** A source of one value, whatever its name. */
record Default(String value) implements Source {
  @Override
  public String kind(List<String> names) {
    return value;
  }

  @Override
  public boolean has(String component) {
    return true;
  }

  @Override
  public Source at(String component) {
    return this;
  }

  @Override
  public long whole(String component) {
    return Long.parseLong(value);
  }

  @Override
  public double number(String component) {
    return Double.parseDouble(value);
  }

  @Override
  public String text(String component) {
    return value;
  }

  @Override
  public List<Integer> wholes(String component) {
    String inside = value.substring(1, value.length() - 1).strip();
    return inside.isEmpty()
        ? List.of()
        : Arrays.stream(inside.split(",")).map(String::strip).map(Integer::valueOf).toList();
  }
}
