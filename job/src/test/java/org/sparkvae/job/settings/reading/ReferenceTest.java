package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final Config REFERENCE = SettingsReader.reference().resolve();

  @Test
  void everyKeyIsReadAndEveryKeyReadIsThere() {
    Keys keys =
        new Keys(ConfigFactory.parseString("run.directory = x").withFallback(REFERENCE), "x.conf");
    SettingsReader.read(keys);
    TreeSet<String> expected = new TreeSet<>();
    leaves(REFERENCE.root(), "", (key, value) -> expected.add(key));
    expected.removeIf(key -> key.startsWith("image-source."));
    assertThat(keys.read().keySet()).containsExactlyElementsOf(expected);
  }

  @Test
  void everyKeyHasAComment() {
    List<String> bare = new ArrayList<>();
    leaves(
        REFERENCE.root(),
        "",
        (key, value) -> {
          if (value.origin().comments().isEmpty()) {
            bare.add(key);
          }
        });
    assertThat(bare).isEmpty();
  }

  @Test
  void noKeyIsTakenForASecret() {
    assertThat(ConfigText.redacted(REFERENCE)).isEqualTo(REFERENCE);
  }

  private static void leaves(
      ConfigObject object, String block, BiConsumer<String, ConfigValue> visitor) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      if (entry.getValue() instanceof ConfigObject inner) {
        leaves(inner, block + entry.getKey() + ".", visitor);
      } else {
        visitor.accept(block + entry.getKey(), entry.getValue());
      }
    }
  }
}
