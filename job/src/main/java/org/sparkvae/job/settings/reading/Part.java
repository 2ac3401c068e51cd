package org.sparkvae.job.settings.reading;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.kinds.Component;
import org.sparkvae.kinds.Kinds;

/**
 * A part of the model or of its training, which declares its settings itself: a record, or a sealed
 * interface of kinds.
 *
 * @param path of its block
 * @param type the record or the sealed interface
 */
record Part(String path, Class<?> type) {
  /** The key that says which kind a part is. */
  static final String TYPE = "type";

  private static final String SETTINGS = JobSettings.class.getPackageName();

  /**
   * All of them, in the order of the settings: the components that other packages declare, and each
   * kind of those of which there may be several.
   */
  static List<Part> all() {
    List<Part> parts = new ArrayList<>();
    collect(JobSettings.class, "", parts);
    return List.copyOf(parts);
  }

  private static void collect(Class<?> settings, String block, List<Part> parts) {
    for (Component component : Component.of(settings)) {
      component
          .elements()
          .filter(Class::isSealed)
          .map(Kinds::of)
          .ifPresent(
              kinds -> kinds.forEach((name, kind) -> parts.add(new Part(block + name, kind))));
      Class<?> type = component.type();
      boolean own = type.getPackageName().equals(SETTINGS);
      if (own && type.isRecord()) {
        collect(type, block + component.key() + ".", parts);
      } else if (!own && component.isBlock()) {
        parts.add(new Part(block + component.key(), type));
      }
    }
  }

  /** The kinds of a part by name; of a record, itself, without a name. */
  static Map<String, Class<?>> kinds(Class<?> type) {
    return type.isSealed() ? Kinds.of(type) : Map.of("", type);
  }

  /**
   * The kind that a part's block chooses.
   *
   * @return none where it chooses none that there is
   */
  static Optional<Class<?>> chosen(Class<?> type, ConfigObject block) {
    if (!type.isSealed()) {
      return Optional.of(type);
    }
    ConfigValue name = block.get(TYPE);
    return name == null || name.valueType() != ConfigValueType.STRING
        ? Optional.empty()
        : Optional.ofNullable(Kinds.of(type).get((String) name.unwrapped()));
  }

  /** The block at a path; an empty one where there is none. */
  static ConfigObject block(ConfigObject outer, String path) {
    ConfigValue value = outer;
    for (String key : ConfigUtil.splitPath(path)) {
      value = value instanceof ConfigObject object ? object.get(key) : null;
    }
    return value instanceof ConfigObject block ? block : ConfigFactory.empty().root();
  }
}
