package org.sparkvae.job.settings.reading;

import java.util.List;
import java.util.Optional;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.kinds.Component;
import org.sparkvae.kinds.Kinds;
import org.sparkvae.kinds.Names;
import org.sparkvae.kinds.Source;

/**
 * A block of settings as a source of a record's components.
 *
 * @param keys of the block
 */
record Block(Keys keys) implements Source {
  @Override
  public Optional<String> kind(List<String> names) {
    return keys.has(Part.TYPE) ? Optional.of(keys.oneOf(Part.TYPE, names)) : Optional.empty();
  }

  @Override
  public boolean has(Component component) {
    return keys.has(component.key());
  }

  @Override
  public Block at(Component component) {
    return new Block(keys.at(component.key()));
  }

  @Override
  public long whole(Component component) {
    long most = component.type() == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
    return keys.whole(component.key(), component.range(), most);
  }

  @Override
  public double number(Component component) {
    return keys.number(component.key(), component.range());
  }

  @Override
  public boolean flag(Component component) {
    return keys.flag(component.key());
  }

  @Override
  public String text(Component component) {
    return keys.text(component.key());
  }

  @Override
  public Enum<?> choice(Component component) {
    List<String> names = component.choices().stream().map(Names::of).toList();
    return Kinds.choice(component, keys.oneOf(component.key(), names));
  }

  @Override
  public List<Integer> wholes(Component component) {
    String example = component.otherwise().orElse("[1, 2]");
    return keys.wholeList(component.key(), component.range(), example);
  }

  @Override
  public List<String> texts(Component component) {
    return keys.textList(component.key());
  }

  @Override
  public SettingsException refused(IllegalArgumentException why) {
    return keys.refused(why.getMessage());
  }
}
