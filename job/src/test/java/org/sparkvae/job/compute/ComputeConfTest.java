package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.Precision;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;

class ComputeConfTest {
  @Test
  void readsWhatItWrote() {
    for (ComputeSettings.Backend backend : ComputeSettings.Backend.values()) {
      for (Device device : Device.values()) {
        for (List<Integer> gpus : List.of(List.<Integer>of(), List.of(3), List.of(1, 0))) {
          for (Precision products : Precision.values()) {
            ComputeSettings settings = new ComputeSettings(backend, device, gpus, products);
            SparkConf conf = new SparkConf(false);
            ComputeConf.write(settings, conf);
            assertThat(ComputeConf.read(conf)).isEqualTo(settings);
          }
        }
      }
    }
  }

  @Test
  void readsTheDefaultsWhereNothingWasWritten() {
    assertThat(ComputeConf.read(new SparkConf(false)))
        .isEqualTo(
            new ComputeSettings(
                ComputeSettings.Backend.AUTO, Device.AUTO, List.of(), Precision.FLOAT32));
  }
}
