package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import org.sparkvae.kinds.Component;
import org.sparkvae.kinds.Names;
import org.sparkvae.kinds.Sink;

/** Writes a record as a block of settings, each of them. */
final class BlockWriter implements Sink {
  private Config config = ConfigFactory.empty();
  private String block = "";

  /** What was written. */
  Config config() {
    return config;
  }

  private void put(String key, Object value) {
    config = config.withValue(block + key, ConfigValueFactory.fromAnyRef(value));
  }

  @Override
  public void kind(String name) {
    put("type", name);
  }

  @Override
  public void begin(Component component) {
    block += component.key() + ".";
  }

  @Override
  public void end() {
    block = block.replaceFirst("[^.]+\\.$", "");
  }

  @Override
  public void whole(Component component, long value) {
    put(component.key(), value);
  }

  @Override
  public void number(Component component, double value) {
    put(component.key(), value);
  }

  @Override
  public void flag(Component component, boolean value) {
    put(component.key(), value);
  }

  @Override
  public void text(Component component, String value) {
    put(component.key(), value);
  }

  @Override
  public void choice(Component component, Enum<?> value) {
    put(component.key(), Names.of(value));
  }

  @Override
  public void wholes(Component component, List<Integer> values) {
    put(component.key(), values);
  }

  @Override
  public void texts(Component component, List<String> values) {
    put(component.key(), values);
  }
}
