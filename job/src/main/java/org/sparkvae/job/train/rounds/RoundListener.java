package org.sparkvae.job.train.rounds;

/** Hears of the rounds of an epoch, on the driver. */
@FunctionalInterface
public interface RoundListener {
  /** A round of an epoch is done; both counts from 1. */
  void round(int epoch, int epochs, int round, int rounds);
}
