package org.sparkvae.kinds;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a component is where nothing is given: one value, or a kind with the defaults of its own
 * components.
 *
 * @param value as a settings file writes it
 */
record Default(String value) implements Source {
  @Override
  public Optional<String> kind(List<String> names) {
    return Optional.of(value);
  }

  @Override
  public boolean has(Component component) {
    return false;
  }

  @Override
  public Source at(Component component) {
    return this;
  }

  @Override
  public long whole(Component component) {
    return Long.parseLong(value);
  }

  @Override
  public double number(Component component) {
    return Double.parseDouble(value);
  }

  @Override
  public boolean flag(Component component) {
    return Boolean.parseBoolean(value);
  }

  @Override
  public String text(Component component) {
    return value.replaceAll("^\"|\"$", "");
  }

  @Override
  public Enum<?> choice(Component component) {
    return Kinds.choice(component, value);
  }

  @Override
  public List<Integer> wholes(Component component) {
    return elements().map(Integer::valueOf).toList();
  }

  @Override
  public List<String> texts(Component component) {
    return elements().map(text -> text.replaceAll("^\"|\"$", "")).toList();
  }

  private Stream<String> elements() {
    String inside = value.substring(1, value.length() - 1).strip();
    return inside.isEmpty() ? Stream.empty() : Arrays.stream(inside.split(",")).map(String::strip);
  }
}
