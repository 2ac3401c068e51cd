package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.sparkvae.kinds.Component;

/**
 * Parts of which a settings file writes the name of the type alone: {@code model.prior = vampprior}
 * stands for {@code model.prior.type = vampprior}.
 */
final class TypeNames {
  /** A block with a type that is no part: its kinds have no settings. */
  private static final String SCHEDULE = "training.schedule";

  private TypeNames() {}

  /**
   * The configuration with a block wherever a part is a name.
   *
   * <p>It is to be asked of each file and argument by itself, before they are laid over one
   * another: a name would hide the whole block below it.
   *
   * @param given not resolved; what stands behind a substitution stays as it is
   */
  static Config asBlocks(Config given) {
    ConfigObject parts = asBlocks(given, Part.all()).root();
    return in(parts, ConfigUtil.splitPath(SCHEDULE), TypeNames::named).toConfig();
  }

  /** The same, of some parts. */
  static Config asBlocks(Config given, List<Part> parts) {
    ConfigObject all = given.root();
    for (Part part : parts) {
      all = in(all, ConfigUtil.splitPath(part.path()), value -> part(value, part.type()));
    }
    return all.toConfig();
  }

  /** An object with the value at a path below it as a block. */
  private static ConfigObject in(
      ConfigObject outer, List<String> path, UnaryOperator<ConfigValue> asBlock) {
    String key = path.get(0);
    ConfigValue value = value(outer, key);
    if (path.size() == 1) {
      ConfigValue block = asBlock.apply(value);
      return block == value ? outer : outer.withValue(key, block);
    }
    if (value instanceof ConfigObject inner) {
      ConfigObject changed = in(inner, path.subList(1, path.size()), asBlock);
      return changed == inner ? outer : outer.withValue(key, changed);
    }
    return outer;
  }

  private static ConfigValue part(ConfigValue value, Class<?> type) {
    if (value instanceof ConfigObject block) {
      return inside(block, type);
    }
    return type.isSealed() ? named(value) : value;
  }

  /** A block where a value is a name. */
  private static ConfigValue named(ConfigValue value) {
    return isText(value) ? value.atKey(Part.TYPE).root() : value;
  }

  /** A part's block with the parts in it, of whichever kind it is, as blocks. */
  private static ConfigObject inside(ConfigObject block, Class<?> type) {
    ConfigObject changed = block;
    for (Class<?> kind : Part.kinds(type).values()) {
      for (Component component : Component.of(kind)) {
        if (component.isBlock()) {
          changed = in(changed, List.of(component.key()), value -> part(value, component.type()));
        }
      }
    }
    return changed;
  }

  /** A value of an object; null where there is none, or it is not known yet. */
  private static ConfigValue value(ConfigObject object, String key) {
    try {
      return object.get(key);
    } catch (ConfigException.NotResolved e) {
      return null;
    }
  }

  private static boolean isText(ConfigValue value) {
    try {
      return value != null && value.valueType() == ConfigValueType.STRING;
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }
}
