package org.sparkvae.job.bench;

/** What is measured. */
enum Phase {
  /** Matrix products of one core, in GFLOP/s. */
  SGEMM("sgemm, GFLOP/s"),
  /** Training, in images/s of all workers. */
  TRAINING("training, images/s"),
  /** Estimating log p(x), in images/s of all workers. */
  EVALUATION("evaluation, images/s"),
  /** Estimating log p(x) by annealed chains, in images/s of all workers. */
  ANNEALING("annealing, images/s"),
  /** The stage that encodes, in images/s of all workers. */
  ENCODE("encode, images/s"),
  /** The stage that reconstructs, likewise. */
  RECONSTRUCT("reconstruct, images/s"),
  /** The stage that makes images up, likewise. */
  SAMPLE("sample, images/s");

  private final String title;

  Phase(String title) {
    this.title = title;
  }

  /** Its name and unit, for people. */
  String title() {
    return title;
  }
}
