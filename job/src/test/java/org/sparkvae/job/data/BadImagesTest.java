package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class BadImagesTest {

  @Test
  void countsAllAndListsTheFirst() {
    BadImages bad = BadImages.NONE;
    for (int i = 0; i < 600; i++) {
      bad = bad.plus(new BadImage("s", "i" + i, "r"));
    }
    for (int i = 0; i < 5; i++) {
      bad = bad.plus(bad);
    }
    assertThat(bad.count()).isEqualTo(600 * 32);
    assertThat(bad.listed()).hasSize(BadImages.MOST_LISTED);
    assertThat(bad.listed().get(599).image()).isEqualTo("i599");
    assertThat(bad.listed().get(600).image()).isEqualTo("i0");
  }

  @Test
  void writesJson() throws Exception {
    BadImages bad = BadImages.NONE.plus(new BadImage("/data", "/data/\"a\".png", "is empty"));
    JsonNode document = new ObjectMapper().readTree(bad.json());
    assertThat(document.get("count").asLong()).isEqualTo(1);
    assertThat(document.get("listed").get(0).get("source").asText()).isEqualTo("/data");
    assertThat(document.get("listed").get(0).get("image").asText()).isEqualTo("/data/\"a\".png");
    assertThat(document.get("listed").get(0).get("reason").asText()).isEqualTo("is empty");
  }
}
