package org.sparkvae.job.bench;

/**
 * What a training step costs on a GPU, of one engine.
 *
 * @param model in words; rows of one model and batch are set beside each other
 * @param batch images of a minibatch
 * @param engine what ran, such as "spark-vae" or "PyTorch eager"
 * @param seconds a step
 * @param gigaflop operations of a step's products; null where the engine does not tell
 * @param rate of large products on the same GPU, in GFLOP/s; null likewise
 */
record GpuStep(
    String model, int batch, String engine, double seconds, Double gigaflop, Double rate) {
  /** What a step of this project costs. */
  static GpuStep of(ModelStep step) {
    return new GpuStep(
        step.name(), step.batch(), Measurement.OURS, step.seconds(), step.gigaflop(), step.rate());
  }

  /** Whether another is of the same work. */
  boolean isOfTheWorkOf(GpuStep other) {
    return model.equals(other.model) && batch == other.batch;
  }
}
