package org.sparkvae.job.compute;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.sparkvae.device.Precision;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Backend;
import org.sparkvae.job.settings.ComputeSettings.Device;

/** Carries the settings to every executor, in Spark's configuration. */
public final class ComputeConf {
  private static final String BACKEND = "spark.vae.compute.backend";
  private static final String DEVICE = "spark.vae.compute.device";
  private static final String GPUS = "spark.vae.compute.gpus";
  private static final String PRODUCTS = "spark.vae.compute.products";

  private ComputeConf() {}

  /** Writes the settings, before the session starts. */
  public static void write(ComputeSettings settings, SparkConf conf) {
    conf.set(BACKEND, settings.backend().name());
    conf.set(DEVICE, settings.device().name());
    conf.set(GPUS, settings.gpus().stream().map(String::valueOf).collect(Collectors.joining(",")));
    conf.set(PRODUCTS, settings.products().name());
  }

  /** Reads them; the defaults where there are none. */
  public static ComputeSettings read(SparkConf conf) {
    List<Integer> gpus =
        Arrays.stream(conf.get(GPUS, "").split(","))
            .filter(index -> !index.isEmpty())
            .map(Integer::valueOf)
            .toList();
    return new ComputeSettings(
        Backend.valueOf(conf.get(BACKEND, Backend.AUTO.name())),
        Device.valueOf(conf.get(DEVICE, Device.AUTO.name())),
        gpus,
        Precision.valueOf(conf.get(PRODUCTS, Precision.FLOAT32.name())));
  }
}
