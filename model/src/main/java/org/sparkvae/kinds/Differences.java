package org.sparkvae.kinds;

import java.util.ArrayList;
import java.util.List;

/** Where two records differ, by the keys of a settings file. */
public final class Differences {
  private final List<String> differences = new ArrayList<>();

  private Differences() {}

  /**
   * What differs, "model.latent: 3 there, 2 here"; of records of different kinds, the kind.
   *
   * @param key of the whole records, "model"
   */
  public static List<String> of(String key, Object there, Object here) {
    Differences found = new Differences();
    found.compare(key, there, here);
    return found.differences;
  }

  private void compare(String key, Object there, Object here) {
    if (there.equals(here)) {
      return;
    }
    if (!(there instanceof Record)) {
      add(key, there, here);
    } else if (!there.getClass().equals(here.getClass())) {
      add(key + ".type", Names.of(there.getClass()), Names.of(here.getClass()));
    } else {
      for (Component component : Component.of(there.getClass())) {
        compare(key + "." + component.key(), component.of(there), component.of(here));
      }
    }
  }

  private void add(String key, Object there, Object here) {
    differences.add("%s: %s there, %s here".formatted(key, shown(there), shown(here)));
  }

  private static Object shown(Object value) {
    return value instanceof Enum<?> choice ? Names.of(choice) : value;
  }
}
