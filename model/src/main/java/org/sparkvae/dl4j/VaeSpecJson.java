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
import org.sparkvae.likelihood.LikelihoodSpec;
import org.sparkvae.tensor.Activation;
import org.sparkvae.vae.NetworkSpec;
import org.sparkvae.vae.VaeSpec;

/**
 * A {@link VaeSpec} in the JSON of a Deeplearning4j configuration.
 *
 * <p>Written by hand, because Deeplearning4j's mapper reads fields only and so cannot make records.
 */
final class VaeSpecJson {
  private VaeSpecJson() {}

  /** Record to JSON. */
  static final class Writer extends JsonSerializer<VaeSpec> {
    @Override
    public void serialize(VaeSpec spec, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeNumberField("pixels", spec.pixels());
      out.writeNumberField("latent", spec.latent());
      write("encoder", spec.encoder(), out);
      write("decoder", spec.decoder(), out);
      write(spec.likelihood(), out);
      out.writeEndObject();
    }

    private static void write(String name, NetworkSpec network, JsonGenerator out)
        throws IOException {
      out.writeObjectFieldStart(name);
      out.writeArrayFieldStart("hidden");
      for (int width : network.hidden()) {
        out.writeNumber(width);
      }
      out.writeEndArray();
      out.writeStringField("activation", network.activation().name());
      out.writeEndObject();
    }

    private static void write(LikelihoodSpec likelihood, JsonGenerator out) throws IOException {
      out.writeObjectFieldStart("likelihood");
      if (likelihood instanceof LikelihoodSpec.Gaussian gaussian) {
        out.writeStringField("type", "gaussian");
        out.writeStringField("variance", gaussian.variance().name());
        out.writeNumberField("minVariance", gaussian.minVariance());
      } else {
        out.writeStringField("type", "bernoulli");
      }
      out.writeEndObject();
    }
  }

  /** JSON to record. */
  static final class Reader extends JsonDeserializer<VaeSpec> {
    @Override
    public VaeSpec deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode json = in.readValueAsTree();
      return new VaeSpec(
          json.required("pixels").intValue(),
          json.required("latent").intValue(),
          network(json.required("encoder")),
          network(json.required("decoder")),
          likelihood(json.required("likelihood")));
    }

    private static NetworkSpec network(JsonNode json) {
      List<Integer> hidden = new ArrayList<>();
      json.required("hidden").forEach(width -> hidden.add(width.intValue()));
      return new NetworkSpec(hidden, Activation.valueOf(json.required("activation").textValue()));
    }

    private static LikelihoodSpec likelihood(JsonNode json) {
      String type = json.required("type").textValue();
      return switch (type) {
        case "bernoulli" -> new LikelihoodSpec.Bernoulli();
        case "gaussian" ->
            new LikelihoodSpec.Gaussian(
                LikelihoodSpec.Variance.valueOf(json.required("variance").textValue()),
                json.required("minVariance").doubleValue());
        default -> throw new IllegalArgumentException("unknown likelihood " + type);
      };
    }
  }
}
