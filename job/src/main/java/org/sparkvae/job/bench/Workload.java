package org.sparkvae.job.bench;

/**
 * What all engines do alike.
 *
 * @param pixels of an image
 * @param hidden width of the hidden layers
 * @param latent dimensions of z
 * @param batch images a step and worker
 * @param samples posterior samples per image and training step
 * @param evaluationSamples importance samples per evaluated image
 * @param annealedSteps leapfrog steps of all chains of an annealed image, but for the pilot's
 */
record Workload(
    int pixels,
    int hidden,
    int latent,
    int batch,
    int samples,
    int evaluationSamples,
    long annealedSteps) {
  /** Operations in matrix products for one image of a phase that has images. */
  double operations(Phase phase) {
    Arithmetic arithmetic = new Arithmetic(pixels, hidden, latent);
    return switch (phase) {
      case TRAINING -> arithmetic.training(samples);
      case EVALUATION -> arithmetic.evaluation(evaluationSamples);
      case ANNEALING -> arithmetic.annealing(annealedSteps);
      case ENCODE -> arithmetic.encoding();
      case RECONSTRUCT -> arithmetic.encoding() + arithmetic.decoding();
      case SAMPLE -> arithmetic.decoding();
      case SGEMM -> throw new IllegalArgumentException("a matrix product has no images");
    };
  }
}
