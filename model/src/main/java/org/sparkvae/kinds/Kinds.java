package org.sparkvae.kinds;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes records by their components: whole and other numbers, truth values, texts,
 * choices (enums), lists of whole numbers or of texts, records, and sealed interfaces of records,
 * of which the kind's name says which.
 */
public final class Kinds {
  private Kinds() {}

  /**
   * The kinds of a sealed interface by name, in the order of its permits clause; a sealed interface
   * among them stands for its own.
   */
  public static Map<String, Class<?>> of(Class<?> sealed) {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (Class<?> kind : sealed.getPermittedSubclasses()) {
      if (kind.isSealed()) {
        kinds.putAll(of(kind));
      } else {
        kinds.put(Names.of(kind), kind);
      }
    }
    return kinds;
  }

  /**
   * Reads a record, or a record of a sealed interface's kinds.
   *
   * @throws IllegalArgumentException where the kind is unknown, or the record refuses a value; what
   *     {@link Source#refused} makes of it
   */
  public static <T> T read(Class<T> type, Source source) {
    return read(type, source, Optional.empty());
  }

  /** A record of its components' defaults. */
  public static <T> T defaults(Class<T> type) {
    return read(type, new Default(""));
  }

  private static <T> T read(Class<T> type, Source source, Optional<String> otherwise) {
    Class<?> kind = type.isSealed() ? kind(type, source, otherwise) : type;
    List<Component> components = Component.of(kind);
    Object[] values = components.stream().map(component -> value(component, source)).toArray();
    try {
      return type.cast(instance(kind, components, values));
    } catch (IllegalArgumentException e) {
      throw source.refused(e);
    }
  }

  private static String oneOf(Class<?> sealed) {
    String name = Names.of(sealed);
    return (name.matches("[aeiou].*") ? "an " : "a ") + name;
  }

  private static Class<?> kind(Class<?> sealed, Source source, Optional<String> otherwise) {
    Map<String, Class<?>> kinds = of(sealed);
    String name =
        source
            .kind(List.copyOf(kinds.keySet()))
            .or(() -> otherwise)
            .orElseThrow(
                () ->
                    source.refused(
                        new IllegalArgumentException(
                            oneOf(sealed) + " needs a type: " + kinds.keySet())));
    if (!kinds.containsKey(name)) {
      throw source.refused(
          new IllegalArgumentException(
              "unknown " + Names.of(sealed) + " " + name + "; known are " + kinds.keySet()));
    }
    return kinds.get(name);
  }

  /**
   * The value of one component, its default where the source does not hold it.
   *
   * @throws IllegalArgumentException where it has no default either, or is not what it must be
   */
  public static Object value(Component component, Source source) {
    if (source.has(component)) {
      return component.isBlock()
          ? read(component.type(), source.at(component), component.otherwise())
          : single(component, source);
    }
    if (component.type().isRecord()) {
      return read(component.type(), new Default(""));
    }
    Source otherwise =
        component
            .otherwise()
            .map(Default::new)
            .orElseThrow(
                () ->
                    source.refused(
                        new IllegalArgumentException(
                            component.declared().getDeclaringRecord().getSimpleName()
                                + " needs a value of "
                                + component.name())));
    return component.isBlock() ? read(component.type(), otherwise) : single(component, otherwise);
  }

  private static Object single(Component component, Source source) {
    Class<?> type = component.type();
    if (type == int.class) {
      return Math.toIntExact(source.whole(component));
    }
    if (type == long.class) {
      return source.whole(component);
    }
    if (type == double.class) {
      return source.number(component);
    }
    if (type == boolean.class) {
      return source.flag(component);
    }
    if (type == String.class) {
      return source.text(component);
    }
    if (type == List.class) {
      return isOfTexts(component) ? source.texts(component) : source.wholes(component);
    }
    if (type.isEnum()) {
      return source.choice(component);
    }
    throw component.unsupported();
  }

  private static boolean isOfTexts(Component component) {
    return component.elements().filter(String.class::equals).isPresent();
  }

  /**
   * The choice that has a name, as Java or as a settings file writes it.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Enum<?> choice(Component component, String name) {
    Object[] constants = component.type().getEnumConstants();
    return Arrays.stream(constants)
        .<Enum<?>>map(constant -> (Enum<?>) constant)
        .filter(constant -> constant.name().equals(name) || Names.of(constant).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown choice " + name + "; known are " + Arrays.toString(constants)));
  }

  private static Object instance(Class<?> kind, List<Component> components, Object[] values) {
    Class<?>[] types = components.stream().map(Component::type).toArray(Class<?>[]::new);
    try {
      var constructor = kind.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(kind + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(kind + " cannot be made", e);
    }
  }

  /**
   * Writes a record.
   *
   * @param declared its class, or the sealed interface that it is a kind of
   */
  public static void write(Class<?> declared, Object record, Sink sink) throws IOException {
    if (declared.isSealed()) {
      sink.kind(Names.of(record.getClass()));
    }
    for (Component component : Component.of(record.getClass())) {
      write(component, component.of(record), sink);
    }
  }

  private static void write(Component component, Object value, Sink sink) throws IOException {
    Class<?> type = component.type();
    if (component.isBlock()) {
      sink.begin(component);
      write(type, value, sink);
      sink.end();
    } else if (type == int.class || type == long.class) {
      sink.whole(component, ((Number) value).longValue());
    } else if (type == double.class) {
      sink.number(component, (double) value);
    } else if (type == boolean.class) {
      sink.flag(component, (boolean) value);
    } else if (type == String.class) {
      sink.text(component, (String) value);
    } else if (type == List.class) {
      write(component, (List<?>) value, sink);
    } else if (type.isEnum()) {
      sink.choice(component, (Enum<?>) value);
    } else {
      throw component.unsupported();
    }
  }

  private static void write(Component component, List<?> values, Sink sink) throws IOException {
    if (isOfTexts(component)) {
      sink.texts(component, values.stream().map(String.class::cast).toList());
    } else {
      sink.wholes(component, values.stream().map(Integer.class::cast).toList());
    }
  }
}
