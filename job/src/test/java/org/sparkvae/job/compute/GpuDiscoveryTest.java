package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code submit/gpu-discovery} beside an nvidia-smi that is none. */
class GpuDiscoveryTest {
  private static final Path SCRIPT = Path.of("..", "submit", "gpu-discovery").toAbsolutePath();

  private static final String DIVIDED =
      """
      /bin/cat << 'END'
      GPU 0: NVIDIA A100 (UUID: GPU-a)
      GPU 1: NVIDIA A100 (UUID: GPU-b)
        MIG 1g.5gb      Device  0: (UUID: MIG-a)
        MIG 1g.5gb      Device  1: (UUID: MIG-b)
      GPU 2: NVIDIA A100 (UUID: GPU-c)
      END
      """;

  @TempDir private Path folder;

  private record Outcome(int status, String out, String err) {}

  @Test
  void printsWhatSparkReads() throws Exception {
    nvidiaSmi(
        """
        [ "$*" = -L ] && /bin/cat << 'END'
        GPU 0: Tesla T4 (UUID: GPU-a)
        GPU 1: NVIDIA A10 (UUID: GPU-b)
        GPU 3: NVIDIA A10 (UUID: GPU-c)
        END
        """);
    Outcome outcome = run(Map.of());
    assertThat(outcome)
        .isEqualTo(
            new Outcome(0, "{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\", \"3\"]}\n", ""));
    ResourceInformation read = ResourceInformation.parseJson(outcome.out());
    assertThat(read.name()).isEqualTo("gpu");
    assertThat(read.addresses()).containsExactly("0", "1", "3");
  }

  /** CUDA shows a process one instance at most, and no whole GPU beside it. */
  @Test
  void instancesAreOne() throws Exception {
    nvidiaSmi(DIVIDED);
    String one = "{\"name\": \"gpu\", \"addresses\": [\"0\"]}\n";
    assertThat(run(Map.of())).isEqualTo(new Outcome(0, one, ""));
    for (String visible : List.of("MIG-a,MIG-b", "0,1", "1", "GPU-a, GPU-b", "GPU-a,GPU-")) {
      assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", visible)))
          .as(visible)
          .isEqualTo(new Outcome(0, one, ""));
    }
  }

  /** The list alone says what is visible, where nvidia-smi says what nobody expects. */
  @Test
  void oddLinesAreOfNoMatterBesideAList() throws Exception {
    nvidiaSmi("echo 'Unable to determine the device handle'");
    assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", "0,1")).out())
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}\n");
  }

  /** As whole ones are that are shown without them. */
  @Test
  void othersAreCounted() throws Exception {
    nvidiaSmi(DIVIDED);
    for (String visible : List.of("0,2", "GPU-a,GPU-c")) {
      assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", visible)).out())
          .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"5,7; 2", "5; 1", "GPU-a, GPU-b ,GPU-c; 3", "''; 0", "2,-1,3; 1"})
  void countsTheVisibleDevices(String visible, int count) throws Exception {
    nvidiaSmi("exit 9");
    Outcome outcome = run(Map.of("CUDA_VISIBLE_DEVICES", visible));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    String[] addresses = ResourceInformation.parseJson(outcome.out()).addresses();
    assertThat(addresses).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(addresses[i]).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void failsInALineWhereTheDriverDoes() throws Exception {
    nvidiaSmi("echo 'NVIDIA-SMI has failed'; exit 9");
    Outcome failed = run(Map.of());
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .matches("gpu-discovery: nvidia-smi failed on .*: NVIDIA-SMI has failed\n");

    nvidiaSmi("echo 'No devices were found'");
    assertThat(run(Map.of()).err())
        .matches("gpu-discovery: nvidia-smi on .* says: No devices were found\n");

    Files.delete(folder.resolve("nvidia-smi"));
    Outcome missing = run(Map.of());
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).matches("gpu-discovery: no nvidia-smi on the PATH of .*\n");
  }

  private void nvidiaSmi(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Outcome run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", SCRIPT.toString());
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    builder.environment().put("PATH", folder.toString());
    builder.environment().putAll(environment);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Outcome(
        process.waitFor(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
