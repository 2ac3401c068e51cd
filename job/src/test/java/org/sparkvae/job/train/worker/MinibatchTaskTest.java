package org.sparkvae.job.train.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.Precision;
import org.sparkvae.device.cuda.Driver;
import org.sparkvae.job.compute.ComputeConf;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.SettingsException;

class MinibatchTaskTest {
  @Test
  void refusesGpus() {
    assertThatCode(() -> MinibatchTask.requireCpu(ComputeNode.CPU)).doesNotThrowAnyException();
    assertThatThrownBy(() -> MinibatchTask.requireCpu(0))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "training.averaging.strategy is dl4j, which binds no task to its GPU, but tasks have"
                + " GPUs: set the strategy to weighted, or set compute.device to cpu, or hide the"
                + " GPUs by CUDA_VISIBLE_DEVICES and ask Spark for none");
  }

  @Test
  void asksWhatItComputesOn() {
    assumeThat(Driver.devices()).isEmpty();
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("minibatches")
            .set("spark.ui.enabled", "false");
    ComputeConf.write(
        new ComputeSettings(ComputeSettings.Backend.AUTO, Device.GPU, List.of(), Precision.FLOAT32),
        conf);
    MinibatchTask task = new MinibatchTask(Tiny.worker(Tiny.SGD, 5, 5), 1);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      assertThatThrownBy(
              () ->
                  spark
                      .parallelize(Tiny.blocks(0, 5), 1)
                      .mapPartitionsWithIndex(task, true)
                      .count())
          .hasRootCauseInstanceOf(SettingsException.class)
          .hasStackTraceContaining("compute.device is gpu, but ");
    }
  }
}
