package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.fixtures.SparkProcess;

class PlainDigitsTest {
  private static final String EXECUTORS = "spark.executor.defaultJavaOptions";
  private static final List<String> EGYPT = List.of("-Duser.language=ar", "-Duser.country=EG");

  /** Writes a number as the process does. */
  static final class Writing {
    public static void main(String[] arguments) {
      System.out.print("%,d %.1f".formatted(1234, 0.5).chars().allMatch(c -> c < 128));
    }
  }

  private static String plain(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(EGYPT);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Writing.class.getName()));
    Process process = SparkProcess.builder(command.toArray(String[]::new)).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed;
  }

  @Test
  void executorsWriteDigitsThatAllRead() throws Exception {
    SparkConf conf = new SparkConf(false).set(EXECUTORS, "-Down=1");
    PlainDigits.ofExecutors(conf);

    List<String> options = List.of(conf.get(EXECUTORS).split(" "));
    assertThat(options).endsWith("-Down=1");
    assertThat(plain(List.of())).as("without them").isEqualTo("false");
    assertThat(plain(options)).isEqualTo("true");
  }

  @Test
  void soDoesThisProcess() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      PlainDigits.ofThisProcess();
      assertThat("%,d %.1f".formatted(1234, 0.5)).isEqualTo("1,234 0.5");
      assertThat(Locale.getDefault().getLanguage()).as("the rest is as it was").isEqualTo("ar");
    } finally {
      Locale.setDefault(before);
    }
  }
}
