package org.sparkvae.dl4j;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.sparkvae.kinds.Component;
import org.sparkvae.kinds.Kinds;
import org.sparkvae.kinds.Sink;
import org.sparkvae.kinds.Source;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * Records in the JSON of a Deeplearning4j configuration, whose mapper reads fields only and so
 * cannot make records.
 */
final class KindJson {
  private static final String TYPE = "type";

  private KindJson() {}

  /** A record to JSON. */
  private abstract static class Writer<T> extends JsonSerializer<T> {
    private final Class<T> type;

    Writer(Class<T> type) {
      this.type = type;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      Kinds.write(type, value, new JsonSink(out));
      out.writeEndObject();
    }
  }

  /** JSON to a record. */
  private abstract static class Reader<T> extends JsonDeserializer<T> {
    private final Class<T> type;

    Reader(Class<T> type) {
      this.type = type;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Kinds.read(type, new JsonSource(current(in.readValueAsTree())));
    }

    /** The object as it is written today. */
    JsonNode current(JsonNode written) {
      return written;
    }
  }

  static final class ModelWriter extends Writer<ImageModel> {
    ModelWriter() {
      super(ImageModel.class);
    }
  }

  static final class ModelReader extends Reader<ImageModel> {
    ModelReader() {
      super(ImageModel.class);
    }

    @Override
    JsonNode current(JsonNode written) {
      return written.has("pixels") ? EarlierModel.upgraded((ObjectNode) written) : written;
    }
  }

  static final class ObjectiveWriter extends Writer<ObjectiveSpec> {
    ObjectiveWriter() {
      super(ObjectiveSpec.class);
    }
  }

  static final class ObjectiveReader extends Reader<ObjectiveSpec> {
    ObjectiveReader() {
      super(ObjectiveSpec.class);
    }
  }

  static final class OptimiserWriter extends Writer<Optimiser> {
    OptimiserWriter() {
      super(Optimiser.class);
    }
  }

  static final class OptimiserReader extends Reader<Optimiser> {
    OptimiserReader() {
      super(Optimiser.class);
    }
  }

  /** An object that is being written. */
  private record JsonSink(JsonGenerator out) implements Sink {
    @Override
    public void kind(String name) throws IOException {
      out.writeStringField(TYPE, name);
    }

    @Override
    public void begin(Component component) throws IOException {
      out.writeObjectFieldStart(component.name());
    }

    @Override
    public void end() throws IOException {
      out.writeEndObject();
    }

    @Override
    public void whole(Component component, long value) throws IOException {
      out.writeNumberField(component.name(), value);
    }

    @Override
    public void number(Component component, double value) throws IOException {
      out.writeNumberField(component.name(), value);
    }

    @Override
    public void text(Component component, String value) throws IOException {
      out.writeStringField(component.name(), value);
    }

    @Override
    public void flag(Component component, boolean value) throws IOException {
      out.writeBooleanField(component.name(), value);
    }

    @Override
    public void choice(Component component, Enum<?> value) throws IOException {
      out.writeStringField(component.name(), value.name());
    }

    @Override
    public void wholes(Component component, List<Integer> values) throws IOException {
      out.writeArrayFieldStart(component.name());
      for (int value : values) {
        out.writeNumber(value);
      }
      out.writeEndArray();
    }

    @Override
    public void texts(Component component, List<String> values) throws IOException {
      out.writeArrayFieldStart(component.name());
      for (String value : values) {
        out.writeString(value);
      }
      out.writeEndArray();
    }
  }

  /** An object that was read. */
  private record JsonSource(JsonNode json) implements Source {
    @Override
    public Optional<String> kind(List<String> names) {
      return Optional.ofNullable(json.get(TYPE)).map(JsonNode::textValue);
    }

    @Override
    public boolean has(Component component) {
      return json.has(component.name());
    }

    @Override
    public Source at(Component component) {
      return new JsonSource(json.required(component.name()));
    }

    @Override
    public long whole(Component component) {
      return json.required(component.name()).longValue();
    }

    @Override
    public double number(Component component) {
      return json.required(component.name()).doubleValue();
    }

    @Override
    public String text(Component component) {
      return json.required(component.name()).textValue();
    }

    @Override
    public boolean flag(Component component) {
      return json.required(component.name()).booleanValue();
    }

    @Override
    public Enum<?> choice(Component component) {
      return Kinds.choice(component, text(component));
    }

    @Override
    public List<Integer> wholes(Component component) {
      List<Integer> wholes = new ArrayList<>();
      json.required(component.name()).forEach(value -> wholes.add(value.intValue()));
      return wholes;
    }

    @Override
    public List<String> texts(Component component) {
      List<String> texts = new ArrayList<>();
      json.required(component.name()).forEach(value -> texts.add(value.textValue()));
      return texts;
    }
  }
}
