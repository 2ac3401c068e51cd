package org.sparkvae.job.report.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Figures as JSON that a person can read, in their order; what JSON has no number for is null. */
public final class JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonText() {}

  /**
   * As indented JSON, ending with a line feed.
   *
   * @param values numbers, strings, booleans, nulls, and maps and lists of them
   */
  public static String of(Map<String, ?> values) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return MAPPER.writer(printer).writeValueAsString(finite(values)) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What such a text says; nothing where it is none.
   *
   * @return maps and lists that may be changed
   */
  public static Map<String, Object> read(String text) {
    try {
      return MAPPER.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      return new LinkedHashMap<>();
    }
  }

  private static Object finite(Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    if (value instanceof Float number && !Float.isFinite(number)) {
      return null;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, inner) -> copy.put(String.valueOf(key), finite(inner)));
      return copy;
    }
    if (value instanceof Iterable<?> many) {
      // Stream.toList keeps nulls, as List.of would not.
      return StreamSupport.stream(many.spliterator(), false).map(JsonText::finite).toList();
    }
    return value;
  }
}
