package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.settings.SettingsException;

class GpuAddressTest {
  private static Map<String, ResourceInformation> gpus(String... addresses) {
    return Map.of("gpu", new ResourceInformation("gpu", addresses));
  }

  @Test
  void isNoneWhereSparkAssignsNone() {
    assertThat(GpuAddress.of(Map.of(), Optional.of("0,1"))).isEmpty();
    assertThat(GpuAddress.of(gpus(), Optional.empty())).isEmpty();
    ResourceInformation fpga = new ResourceInformation("fpga", new String[] {"0"});
    assertThat(GpuAddress.of(Map.of("fpga", fpga), Optional.empty())).isEmpty();
  }

  @Test
  void isTheIndexThatSparkAssigned() {
    assertThat(GpuAddress.of(gpus("3"), Optional.empty()))
        .contains(new GpuAddress(3, Optional.empty()));
    assertThat(GpuAddress.of(gpus("2", "0"), Optional.empty()))
        .contains(new GpuAddress(2, Optional.empty()));
  }

  @Test
  void isAPlaceInTheVisibleDevices() {
    assertThat(GpuAddress.of(gpus("0"), Optional.of("5,7")))
        .contains(new GpuAddress(0, Optional.of("5")));
    assertThat(GpuAddress.of(gpus("1"), Optional.of("5, 7")))
        .contains(new GpuAddress(1, Optional.of("7")));
    assertThat(GpuAddress.of(gpus("1"), Optional.of("GPU-ab,GPU-cd")))
        .contains(new GpuAddress(1, Optional.of("GPU-cd")));
  }

  @Test
  void isRefusedBeyondTheVisibleDevices() {
    assertThatThrownBy(() -> GpuAddress.of(gpus("2"), Optional.of("5,7")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "Spark assigned a task the GPU 2, but CUDA_VISIBLE_DEVICES is \"5,7\": addresses are"
                + " places in that list, from 0, as submit/gpu-discovery prints them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "-1", "1 ", "GPU-ab", "99999999999"})
  void isRefusedWhereItIsNoIndex(String address) {
    assertThatThrownBy(() -> GpuAddress.of(gpus(address), Optional.empty()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "Spark assigned a task the GPU \"" + address + "\", which is no index: ");
  }
}
