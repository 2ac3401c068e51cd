package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.data.faults.BadImage;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.faults.KindCounts;
import org.sparkvae.job.data.source.SourceRole;

class LeftOutTest {
  private static final BadImages ONE =
      BadImages.one("empty", new BadImage("/data", "/data/\"a\".png", "is empty"));
  private static final BadImages MANY =
      BadImages.of(
          70_000,
          KindCounts.of(Map.of("truncated", 69_999L, "empty", 1L)),
          List.of(new BadImage("/more", "/more/b.png", "is truncated")));

  @Test
  void writesJson() throws Exception {
    LeftOut leftOut =
        new LeftOut(
            Map.of(
                SourceRole.TEST,
                ONE,
                SourceRole.TRAINING,
                MANY,
                SourceRole.VALIDATION,
                BadImages.NONE));

    assertThat(new ObjectMapper().readTree(leftOut.json()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "count": 70001,
                      "counts": {"training": 70000, "validation": 0, "test": 1},
                      "kinds": {
                        "training": {"empty": 1, "truncated": 69999},
                        "validation": {},
                        "test": {"empty": 1}
                      },
                      "listed": [
                        {
                          "set": "training",
                          "source": "/more",
                          "image": "/more/b.png",
                          "reason": "is truncated"
                        },
                        {
                          "set": "test",
                          "source": "/data",
                          "image": "/data/\\"a\\".png",
                          "reason": "is empty"
                        }
                      ]
                    }
                    """));
    assertThat(leftOut.all().count()).isEqualTo(70_001);
    assertThat(leftOut.all().listed())
        .extracting(BadImage::source)
        .containsExactly("/more", "/data");
  }

  @Test
  void readsWhatItWrote() {
    LeftOut leftOut =
        new LeftOut(
            Map.of(
                SourceRole.TEST,
                ONE,
                SourceRole.TRAINING,
                MANY,
                SourceRole.VALIDATION,
                BadImages.NONE));

    assertThat(LeftOut.parse(leftOut.json()).json()).isEqualTo(leftOut.json());
  }

  @Test
  void readsWhatAVersionWroteThatDidNotCountByKind() {
    LeftOut leftOut = LeftOut.parse("{\"counts\": {\"test\": 3}}");

    assertThat(leftOut.all().count()).isEqualTo(3);
    assertThat(leftOut.all().kinds()).isEqualTo(KindCounts.of(Map.of()));
  }

  @Test
  void replacesTheSourcesThatWereReadAgain() {
    LeftOut earlier = new LeftOut(Map.of(SourceRole.TRAINING, MANY, SourceRole.TEST, ONE));

    assertThat(new LeftOut(Map.of(SourceRole.TEST, MANY)).over(earlier).sources())
        .isEqualTo(Map.of(SourceRole.TRAINING, MANY, SourceRole.TEST, MANY));
    assertThat(new LeftOut(Map.of(SourceRole.TEST, BadImages.NONE)).over(earlier).sources())
        .isEqualTo(Map.of(SourceRole.TRAINING, MANY, SourceRole.TEST, BadImages.NONE));
    assertThat(new LeftOut(Map.of(SourceRole.TRAINING, ONE)).over(earlier).sources())
        .isEqualTo(Map.of(SourceRole.TRAINING, ONE, SourceRole.TEST, ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{}", "{\"counts\": {\"test\": null}}", "{\"x\": 1}"})
  void takesADamagedListForNone(String json) {
    assertThat(LeftOut.parse(json).sources()).isEmpty();
  }
}
