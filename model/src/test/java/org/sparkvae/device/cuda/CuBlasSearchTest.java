package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.DeviceMemoryException;

class CuBlasSearchTest {
  private static final List<String> PLACES = List.of("missing", "too new", "full", "good");

  @Test
  void asksTheLoaderFirstThenLooksIntoToolkits() {
    List<String> places =
        CuBlasSearch.places(Map.of("CUDA_HOME", "/opt/cuda", "CUDA_PATH", "/usr/local/cuda"));
    assertThat(places)
        .startsWith("libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "libcublas.so")
        .containsSubsequence(
            "libcublas.so",
            "/opt/cuda/lib64/libcublas.so.13",
            "/opt/cuda/lib64/libcublas.so",
            "/usr/local/cuda/lib64/libcublas.so.13")
        .doesNotHaveDuplicates()
        .hasSize(12);
    assertThat(CuBlasSearch.places(Map.of("CUDA_HOME", ""))).hasSize(8);
  }

  private static Function<String, String> opening(String full) {
    return place -> {
      switch (place) {
        case "missing" -> throw new UnsatisfiedLinkError(place);
        case "too new" -> throw new DeviceException("cublasCreate_v2: status 1 of cuBLAS");
        default -> {
          if (place.equals(full)) {
            throw new DeviceMemoryException("cublasCreate_v2");
          }
          return place;
        }
      }
    };
  }

  @Test
  void passesOverWhatDoesNotFit() {
    assertThat(CuBlasSearch.first(PLACES, opening("none"))).contains("full");
    assertThat(CuBlasSearch.first(PLACES.subList(0, 2), opening("none"))).isEmpty();
  }

  /** Else what a task computes with would depend on what others do. */
  @Test
  void doesNotPassOverOneForWantOfMemory() {
    assertThatThrownBy(() -> CuBlasSearch.first(PLACES, opening("full")))
        .isInstanceOf(DeviceMemoryException.class);
  }
}
