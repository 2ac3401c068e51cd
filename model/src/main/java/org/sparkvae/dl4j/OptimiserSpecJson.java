package org.sparkvae.dl4j;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;

/**
 * An {@link OptimiserSpec} in the JSON of a Deeplearning4j configuration.
 *
 * <p>Written by hand, for the reason given in {@link VaeSpecJson}.
 */
final class OptimiserSpecJson {
  private OptimiserSpecJson() {}

  /** Record to JSON. */
  static final class Writer extends JsonSerializer<OptimiserSpec> {
    @Override
    public void serialize(OptimiserSpec spec, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      if (spec instanceof OptimiserSpec.Adam adam) {
        out.writeStringField("type", "adam");
        out.writeNumberField("beta1", adam.beta1());
        out.writeNumberField("beta2", adam.beta2());
        out.writeNumberField("epsilon", adam.epsilon());
      } else if (spec instanceof OptimiserSpec.Sgd sgd) {
        out.writeStringField("type", "sgd");
        out.writeNumberField("momentum", sgd.momentum());
      }
      out.writeEndObject();
    }
  }

  /** JSON to record. */
  static final class Reader extends JsonDeserializer<OptimiserSpec> {
    @Override
    public OptimiserSpec deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      JsonNode json = in.readValueAsTree();
      String type = json.required("type").textValue();
      return switch (type) {
        case "adam" ->
            new OptimiserSpec.Adam(
                json.required("beta1").doubleValue(),
                json.required("beta2").doubleValue(),
                json.required("epsilon").doubleValue());
        case "sgd" -> new OptimiserSpec.Sgd(json.required("momentum").doubleValue());
        default -> throw new IllegalArgumentException("unknown optimiser " + type);
      };
    }
  }
}
