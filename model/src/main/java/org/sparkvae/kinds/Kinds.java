package org.sparkvae.kinds;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes records by their components: whole and other numbers, choices (enums), lists of
 * whole numbers, records, and sealed interfaces of records, of which the kind's name says which.
 */
public final class Kinds {
  private Kinds() {}

  /** The kinds of a sealed interface by name, in the order of its permits clause. */
  public static Map<String, Class<?>> of(Class<?> sealed) {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (Class<?> kind : sealed.getPermittedSubclasses()) {
      kinds.put(Names.of(kind), kind);
    }
    return kinds;
  }

  /**
   * Reads a record, or a record of a sealed interface's kinds.
   *
   * @throws IllegalArgumentException where the kind is unknown, or the record refuses a value
   */
  public static <T> T read(Class<T> type, Source source) {
    Class<?> kind = type;
    if (type.isSealed()) {
      Map<String, Class<?>> kinds = of(type);
      String name = source.kind(List.copyOf(kinds.keySet()));
      kind = kinds.get(name);
      if (kind == null) {
        throw new IllegalArgumentException(
            "unknown " + Names.of(type) + " " + name + "; known are " + kinds.keySet());
      }
    }
    RecordComponent[] components = kind.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(component -> value(component, source)).toArray();
    return type.cast(instance(kind, components, values));
  }

  private static Object value(RecordComponent component, Source source) {
    Class<?> type = component.getType();
    String name = component.getName();
    if (!source.has(name)) {
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalArgumentException(
            component.getDeclaringRecord().getSimpleName() + " needs a value of " + name);
      }
      return value(component, new Default(setting.otherwise()));
    }
    if (type.isRecord() || type.isSealed()) {
      return read(type, source.at(name));
    }
    if (type == int.class) {
      return Math.toIntExact(source.whole(name));
    }
    if (type == long.class) {
      return source.whole(name);
    }
    if (type == double.class) {
      return source.number(name);
    }
    if (type == List.class) {
      return source.wholes(name);
    }
    if (type.isEnum()) {
      return choice(type, source.text(name));
    }
    throw unsupported(component);
  }

  private static Object choice(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> (Enum<?>) constant)
        .filter(constant -> constant.name().equals(text) || Names.of(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown choice "
                        + text
                        + "; known are "
                        + Arrays.toString(type.getEnumConstants())));
  }

  private static Object instance(Class<?> kind, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
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
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      write(component, component(component, record), sink);
    }
  }

  private static void write(RecordComponent component, Object value, Sink sink) throws IOException {
    Class<?> type = component.getType();
    String name = component.getName();
    if (type.isRecord() || type.isSealed()) {
      sink.begin(name);
      write(type, value, sink);
      sink.end();
    } else if (type == int.class || type == long.class) {
      sink.whole(name, ((Number) value).longValue());
    } else if (type == double.class) {
      sink.number(name, (double) value);
    } else if (type == List.class) {
      sink.wholes(name, ((List<?>) value).stream().map(Integer.class::cast).toList());
    } else if (type.isEnum()) {
      sink.text(name, ((Enum<?>) value).name());
    } else {
      throw unsupported(component);
    }
  }

  static Object component(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static IllegalArgumentException unsupported(RecordComponent component) {
    return new IllegalArgumentException(
        component.getDeclaringRecord().getSimpleName()
            + "."
            + component.getName()
            + " is of a type that cannot be written: "
            + component.getType().getSimpleName());
  }
}
