package org.sparkvae.dl4j;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.sparkvae.bound.BoundSpec;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * An {@link ObjectiveSpec} in the JSON of a Deeplearning4j configuration.
 *
 * <p>Written by hand, for the reason given in {@link VaeSpecJson}.
 */
final class ObjectiveSpecJson {
  private ObjectiveSpecJson() {}

  /** Record to JSON. */
  static final class Writer extends JsonSerializer<ObjectiveSpec> {
    @Override
    public void serialize(ObjectiveSpec spec, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeObjectFieldStart("bound");
      if (spec.bound() instanceof BoundSpec.Elbo elbo) {
        out.writeStringField("type", "elbo");
        out.writeStringField("kl", elbo.kl().name());
      } else {
        out.writeStringField("type", "importance-weighted");
      }
      out.writeNumberField("samples", spec.bound().samples());
      out.writeEndObject();
      out.writeNumberField("trainingImages", spec.trainingImages());
      out.writeNumberField("weightPriorPrecision", spec.weightPriorPrecision());
      out.writeEndObject();
    }
  }

  /** JSON to record. */
  static final class Reader extends JsonDeserializer<ObjectiveSpec> {
    @Override
    public ObjectiveSpec deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      JsonNode json = in.readValueAsTree();
      return new ObjectiveSpec(
          bound(json.required("bound")),
          json.required("trainingImages").longValue(),
          json.required("weightPriorPrecision").doubleValue());
    }

    private static BoundSpec bound(JsonNode json) {
      String type = json.required("type").textValue();
      int samples = json.required("samples").intValue();
      return switch (type) {
        case "elbo" ->
            new BoundSpec.Elbo(samples, BoundSpec.Kl.valueOf(json.required("kl").textValue()));
        case "importance-weighted" -> new BoundSpec.ImportanceWeighted(samples);
        default -> throw new IllegalArgumentException("unknown bound " + type);
      };
    }
  }
}
