package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is asked of a card is what its driver takes: a driver and a library in C, compiled here,
 * check it where there is no card.
 */
class FakeCardTest {
  private static final String CARD = "GPU 0 (Fake, compute capability 8.6, 1.0 GiB)";

  @TempDir private static Path folder;

  @BeforeAll
  static void compile() throws Exception {
    for (String source : List.of("driver.c", "capture.c", "cublas.c")) {
      try (InputStream in = FakeCardTest.class.getResourceAsStream("/fake/" + source)) {
        Files.copy(in, folder.resolve(source));
      }
    }
    Assumptions.assumeTrue(Platform.isLinux(), "libraries of Linux only: no driver was called");
    Files.writeString(folder.resolve("nothing.c"), "#include <pthread.h>\n#include <stdio.h>\n");
    try {
      // A compiler may be there without the C library's headers.
      String refusal = shared("nothing.c", "nothing.so");
      Assumptions.assumeTrue(refusal.isEmpty(), "no driver was called, as cc says " + refusal);
    } catch (IOException e) {
      Assumptions.abort("no cc is on the path: no driver was called");
    }
    assertThat(shared("driver.c", "libcuda.so.1", "-Wl,-soname,libcuda.so.1", "-lpthread"))
        .isEmpty();
    library("libcublas.so.12", "-DGOOD");
  }

  private static void library(String name, String kind) throws Exception {
    String linked = "-l:libcuda.so.1";
    assertThat(shared("cublas.c", name, kind, "-L" + folder, linked, "-Wl,-rpath,$ORIGIN"))
        .isEmpty();
  }

  private static String shared(String source, String library, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("cc", "-w", "-shared", "-fPIC", "-o"));
    command.addAll(List.of(folder.resolve(library).toString(), folder.resolve(source).toString()));
    command.addAll(List.of(options));
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** The lines that a program says on the card. */
  private static List<String> card(String what) throws Exception {
    return run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Djna.library.path=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            FakeCard.class.getName(),
            what)
        .lines()
        .toList();
  }

  private static Stream<String> withoutAddresses(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("at [0-9a-f]+ ", ""));
  }

  /**
   * Two threads at once have a library for each of their streams, of 32 MiB, and no more is left.
   */
  @Test
  void workIsAskedForAsTheDriverTakesIt() throws Exception {
    assertThat(card("work"))
        .containsExactly(
            CARD,
            "arrays 4, bytes 134217728, graphs 0, executables 0, replays 12, launches 30, libraries 4");
  }

  @Test
  void whatFindsNoMemorySaysSo() throws Exception {
    List<String> lines = card("full");
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .startsWith(CARD + " has 31,457,280 bytes free, and an array needs 104,857,600: set a");
    assertThat(lines.get(1))
        .startsWith(CARD + " has 31,457,280 bytes free, and an array needs 33,554,432: set a");
    assertThat(lines.get(2))
        .startsWith(
            "cuGraphInstantiate on "
                + CARD
                + ": CUDA_ERROR_OUT_OF_MEMORY, out of memory: other processes");
    assertThat(lines.get(3))
        .startsWith("arrays 1, bytes 10485760, graphs 0, executables 0, ")
        .endsWith(", libraries 0");
  }

  /** Work may fail between launches, where its capture is in order, and aside, where it is not. */
  @Test
  void recordsThatFailLeaveNothing() throws Exception {
    assertThat(card("failing"))
        .containsExactly(
            "it failed",
            "it failed",
            "done",
            "arrays 1, bytes 32, graphs 0, executables 0, replays 1, launches 0, libraries 0",
            "a stream has not joined");
  }

  /** Else none of these proofs would be one. */
  @Test
  void misuseIsNoticed() throws Exception {
    List<String> lines = card("misuse");
    assertThat(lines).doesNotContain("done");
    assertThat(withoutAddresses(lines))
        .endsWith(
            "arrays 1, bytes 33554432, graphs 0, executables 0, replays 0, launches 0, libraries 1",
            "cuMemAlloc during a capture",
            "cuStreamSynchronize during a capture",
            "cuModuleLoad during a capture",
            "A: 48 bytes are not the card's",
            "a clear: 33 bytes are not the card's",
            "parameter 0 of nothing is no address",
            "a clear: 32 bytes are not the card's",
            "a launch of a graph that is gone",
            "cuMemFree of what is not allocated");
  }

  /** Addresses, captures and lifetimes of whole programs are as the driver takes them. */
  @Test
  void stepsOfEveryModelAreAskedForAsTheDriverTakesThem() throws Exception {
    List<String> lines = card("models");
    assertThat(lines).as("what was said, and no failures").hasSize(2);
    int models = Integer.parseInt(lines.get(0).replace(" models", ""));
    assertThat(models).isGreaterThan(30);
    // A forward and a backward pass of three steps.
    assertThat(lines.get(1)).contains(", replays %d,".formatted(2 * 3 * models));
  }

  @Test
  void recordsFindRoomWhereImagesWereKept() throws Exception {
    List<String> lines = card("kept");
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).as("how often there is room for the images").isEqualTo("1");
    assertThat(lines.get(1)).contains("executables 2, replays 2,");
  }

  /** The first refusals are those of addresses that are the other card's. */
  @Test
  void cardsTakeMemoryFromOneAnother() throws Exception {
    List<String> lines = card("two");
    assertThat(lines).doesNotContain("done");
    assertThat(withoutAddresses(lines))
        .endsWith(
            "arrays 1, bytes 24, graphs 0, executables 0, replays 0, launches 0, libraries 0",
            "a copy from the card: 24 bytes are not the card's",
            "a copy from another card: 24 bytes are not the card's",
            "cuMemFree of what is not allocated");
  }

  /** TF32 and bfloat16 came with compute capability 8.0. */
  @Test
  void productsHaveTheFactorsThatCardsHave() throws Exception {
    assertThat(card("precisions"))
        .containsExactly(
            "FLOAT32 on 8.0: cuBLAS 12.3",
            "FLOAT32 on 7.0: cuBLAS 12.3",
            "TF32 on 8.0: cuBLAS 12.3 (tf32)",
            "TF32 on 7.0: cuBLAS 12.3",
            "BF16 on 8.0: cuBLAS 12.3 (bf16)",
            "BF16 on 7.0: cuBLAS 12.3",
            "arrays 6, bytes 201326592, graphs 0, executables 0, replays 0, launches 0, libraries 6");
  }

  /** One that is newer than the driver refuses to be created, one that is too old lacks some. */
  @ParameterizedTest
  @ValueSource(strings = {"-DREFUSES", "-DOLD"})
  void aLibraryThatDoesNotFitIsPassedOverAndLeavesNothing(String kind) throws Exception {
    library("libcublas.so.13", kind);
    List<String> lines = card("library");
    Files.delete(folder.resolve("libcublas.so.13"));
    assertThat(lines)
        .containsExactly(
            "cuBLAS 12.3",
            "arrays 1, bytes 33554432, graphs 0, executables 0, replays 0, launches 0, libraries 1");
  }
}
