package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob.Outcome;

/** The whole command where the machine's language has digits of its own. */
@Timeout(180)
class ForeignDigitsRunTest {
  @TempDir private Path folder;

  @Test
  void allNumbersAreInDigitsThatAllRead() throws Exception {
    String conf = DrawnJob.write(folder, "report.pictures = false");
    ProcessBuilder builder =
        DriverProcess.of(
            VaeJob.class,
            Map.of(),
            conf,
            "run.directory=" + folder.resolve("run"),
            "pipeline=[train, evaluate, analyse]",
            "analyse.kinds=[pca]");
    builder.command().addAll(1, List.of("-Duser.language=ar", "-Duser.country=EG"));

    Outcome outcome = DriverProcess.run(builder, folder.resolve("logs"));

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("64-16-z2-16-64", "k = 1", "PCA: ");
    assertThat(outcome.out().codePoints().filter(Character::isDigit)).allMatch(c -> c < 128);
  }
}
