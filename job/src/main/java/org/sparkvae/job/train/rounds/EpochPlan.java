package org.sparkvae.job.train.rounds;

import java.io.Serializable;
import org.sparkvae.step.StepSettings;

/**
 * How one epoch is trained.
 *
 * @param epoch from 1
 * @param epochs of the whole training
 * @param settings of every step
 */
public record EpochPlan(int epoch, int epochs, StepSettings settings) implements Serializable {}
