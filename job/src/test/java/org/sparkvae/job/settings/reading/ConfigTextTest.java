package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.settings.JobSettings;

class ConfigTextTest {
  @TempDir private Path folder;

  @Test
  void isReadAgainAsTheSameSettings() {
    SettingsFixture fixture = new SettingsFixture(folder);
    JobSettings settings = fixture.read("", "run.directory=hdfs://a:1/b c", "seed=5");
    Path file = fixture.write("config.conf", ConfigText.of(settings.config()));
    JobSettings again = SettingsReader.read(file.toString(), List.of());
    assertThat(again.config()).isEqualTo(settings.config());
    assertThat(again).usingRecursiveComparison().ignoringFields("config").isEqualTo(settings);
  }

  @Test
  void settingsOfOtherKindsAreNotInUse() {
    Config config =
        new SettingsFixture(folder)
            .read("", "training.bound.alpha=0.3", "training.bound.samples=7")
            .config();

    Config inUse = ConfigText.inUse(config);

    assertThat(config.hasPath("training.bound.alpha")).isTrue();
    assertThat(inUse.hasPath("training.bound.alpha")).isFalse();
    assertThat(inUse.getInt("training.bound.samples")).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          password = x          | password = "(redacted)"
          a.Secret-Key = 5      | a.Secret-Key = "(redacted)"
          access_tokens = [a]   | access_tokens = "(redacted)"
          a.userPASSWORD.b = x  | a.userPASSWORD.b = "(redacted)"
          aCredential = x       | aCredential = "(redacted)"
          "secret.key" = x      | "secret.key" = "(redacted)"
          credentials { k = v } | credentials.k = "(redacted)"
          path = "s3a://key:word@bucket/a@b:c" | path = "s3a://(redacted)@bucket/a@b:c"
          paths = [x, "s3a://key:word@bucket/a"] | paths = [x, "s3a://(redacted)@bucket/a"]
          path = "hdfs://host:8020/a@b"        | path = "hdfs://host:8020/a@b"
          path = "hdfs://user@host/a"          | path = "hdfs://user@host/a"
          """)
  void holdsNoSecret(String given, String expected) {
    Config text = ConfigFactory.parseString(ConfigText.of(ConfigFactory.parseString(given)));
    assertThat(text).isEqualTo(ConfigFactory.parseString(expected));
  }
}
