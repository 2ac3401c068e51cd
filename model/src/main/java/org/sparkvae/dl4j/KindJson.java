package org.sparkvae.dl4j;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
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

  /** Of a model. */
  static final class ModelWriter extends Writer<ImageModel> {
    ModelWriter() {
      super(ImageModel.class);
    }
  }

  /** Of a model. */
  static final class ModelReader extends Reader<ImageModel> {
    ModelReader() {
      super(ImageModel.class);
    }

    @Override
    JsonNode current(JsonNode written) {
      return written.has("pixels") ? EarlierModel.upgraded((ObjectNode) written) : written;
    }
  }

  /** Of an objective. */
  static final class ObjectiveWriter extends Writer<ObjectiveSpec> {
    ObjectiveWriter() {
      super(ObjectiveSpec.class);
    }
  }

  /** Of an objective. */
  static final class ObjectiveReader extends Reader<ObjectiveSpec> {
    ObjectiveReader() {
      super(ObjectiveSpec.class);
    }
  }

  /** Of an optimiser. */
  static final class OptimiserWriter extends Writer<Optimiser> {
    OptimiserWriter() {
      super(Optimiser.class);
    }
  }

  /** Of an optimiser. */
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
    public void begin(String component) throws IOException {
      out.writeObjectFieldStart(component);
    }

    @Override
    public void end() throws IOException {
      out.writeEndObject();
    }

    @Override
    public void whole(String component, long value) throws IOException {
      out.writeNumberField(component, value);
    }

    @Override
    public void number(String component, double value) throws IOException {
      out.writeNumberField(component, value);
    }

    @Override
    public void text(String component, String value) throws IOException {
      out.writeStringField(component, value);
    }

    @Override
    public void wholes(String component, List<Integer> values) throws IOException {
      out.writeArrayFieldStart(component);
      for (int value : values) {
        out.writeNumber(value);
      }
      out.writeEndArray();
    }
  }

  /** An object that was read. */
  private record JsonSource(JsonNode json) implements Source {
    @Override
    public String kind(List<String> names) {
      return json.required(TYPE).textValue();
    }

    @Override
    public boolean has(String component) {
      return json.has(component);
    }

    @Override
    public Source at(String component) {
      return new JsonSource(json.required(component));
    }

    @Override
    public long whole(String component) {
      return json.required(component).longValue();
    }

    @Override
    public double number(String component) {
      return json.required(component).doubleValue();
    }

    @Override
    public String text(String component) {
      return json.required(component).textValue();
    }

    @Override
    public List<Integer> wholes(String component) {
      List<Integer> wholes = new ArrayList<>();
      json.required(component).forEach(value -> wholes.add(value.intValue()));
      return wholes;
    }
  }
}
