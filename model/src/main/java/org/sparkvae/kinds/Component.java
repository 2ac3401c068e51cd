package org.sparkvae.kinds;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A component of a record, as what it is read from and written to sees it.
 *
 * @param declared where its record declares it
 */
public record Component(RecordComponent declared) {
  /** The components of a record, in order. */
  public static List<Component> of(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(Component::new).toList();
  }

  /** Its name in the record. */
  public String name() {
    return declared.getName();
  }

  /** Its name in a settings file: that of minVariance is min-variance. */
  public String key() {
    return Names.kebab(name());
  }

  /** Its type. */
  public Class<?> type() {
    return declared.getType();
  }

  /** Of what it is a list, where it is one. */
  public Optional<Class<?>> elements() {
    return declared.getGenericType() instanceof ParameterizedType list
            && list.getRawType() == List.class
            && list.getActualTypeArguments()[0] instanceof Class<?> element
        ? Optional.of(element)
        : Optional.empty();
  }

  /** Whether it has components itself. */
  public boolean isBlock() {
    return type().isRecord() || type().isSealed() && !type().isEnum();
  }

  /** What it is, in a sentence; empty where reference.conf says it. */
  public String says() {
    return setting().map(Setting::says).orElse("");
  }

  /** Its default, as a settings file writes it. */
  public Optional<String> otherwise() {
    return setting().map(Setting::otherwise).filter(text -> !text.isEmpty());
  }

  /** Which numbers it may be. */
  public Range range() {
    return setting().map(Range::of).orElse(Range.ANY);
  }

  /** The constants of an enum that it may be. */
  public List<Enum<?>> choices() {
    String not = setting().map(Setting::not).orElse("");
    return Arrays.stream(type().getEnumConstants())
        .<Enum<?>>map(constant -> (Enum<?>) constant)
        .filter(choice -> !Names.of(choice).equals(not))
        .toList();
  }

  private Optional<Setting> setting() {
    return Optional.ofNullable(declared.getAnnotation(Setting.class));
  }

  /** Its value in a record. */
  public Object of(Object record) {
    try {
      declared.getAccessor().setAccessible(true);
      return declared.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(declared + " cannot be read", e);
    }
  }

  IllegalArgumentException unsupported() {
    return new IllegalArgumentException(
        declared.getDeclaringRecord().getSimpleName()
            + "."
            + name()
            + " is of a type that cannot be written: "
            + type().getSimpleName());
  }
}
