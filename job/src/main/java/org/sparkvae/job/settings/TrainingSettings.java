package org.sparkvae.job.settings;

import java.io.Serializable;
import java.util.List;
import org.sparkvae.bound.Bound;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.optimiser.Optimiser;

/**
 * How the model is trained.
 *
 * @param startFrom what a run begins with
 * @param epochs passes over the training set
 * @param batch M, images per minibatch and worker
 * @param bound the bound that is maximised
 * @param estimator of its gradient
 * @param optimiser takes the steps
 * @param rates of learning rate and KL weight
 * @param restraints of parameters and steps
 * @param averaging of the workers
 * @param gradientNoise how much gradients vary
 * @param validation on images held out
 * @param checkpoint how often, and how many are kept
 */
public record TrainingSettings(
    StartFrom startFrom,
    int epochs,
    int batch,
    Bound bound,
    Estimator estimator,
    Optimiser optimiser,
    Rates rates,
    Restraints restraints,
    Averaging averaging,
    GradientNoise gradientNoise,
    Validation validation,
    Checkpoints checkpoint) {

  /**
   * What a run begins with.
   *
   * @param run the directory of another run, any Hadoop URI, for its trained parameters; "" for
   *     random ones
   * @param optimiser whether its optimiser's state is taken, too
   */
  public record StartFrom(String run, boolean optimiser) {}

  /**
   * What changes with the epoch.
   *
   * @param learningRate for the mean objective per image, before the schedule
   * @param schedule of the learning rate
   * @param klWarmUp epochs over which the KL weight grows from 0 to 1; 0 for none
   */
  public record Rates(double learningRate, Schedule schedule, int klWarmUp) {}

  /**
   * What holds parameters and steps back.
   *
   * @param weightPriorPrecision lambda; 0 for no prior
   * @param clipNorm the greatest norm of the gradient of the mean objective per image; 0 for any
   * @param gradients what is done to each worker's gradients
   */
  public record Restraints(double weightPriorPrecision, double clipNorm, Gradients gradients) {}

  /** What is done to a worker's gradients before its step. */
  public enum Gradients {
    /** Nothing, but that long ones may be shortened. */
    PLAIN,
    /** Each tensor's is divided by its norm. */
    NORMALISED
  }

  /** How the learning rate changes with the epoch. */
  public enum Schedule {
    /** It does not. */
    CONSTANT,
    /** times 10^(-i/7) for 3^i epochs, i = 0, 1, ... (Burda et al., section 5). */
    BURDA
  }

  /**
   * How workers are averaged.
   *
   * @param strategy by whom
   * @param every minibatch steps of each worker between two averagings
   * @param outer step on what is averaged
   */
  public record Averaging(Strategy strategy, int every, Outer outer) {}

  /**
   * A step of gradient descent with Nesterov's momentum on the averaged difference of a round.
   *
   * @param momentum from 0 to below 1
   * @param learningRate above 0
   */
  public record Outer(double momentum, double learningRate) implements Serializable {
    /** Whether the step leads to the average itself. */
    public boolean isPlainAverage() {
      return momentum == 0 && learningRate == 1;
    }
  }

  /** Who averages. */
  public enum Strategy {
    /** This project: weighted by images, with the optimiser's moments. */
    WEIGHTED,
    /** Deeplearning4j's ParameterAveragingTrainingMaster. */
    DL4J
  }

  /**
   * How much the gradients of all estimators vary with their draws.
   *
   * @param every epochs between two measurements; 0 for none
   * @param draws of each gradient
   */
  public record GradientNoise(int every, int draws) {}

  /**
   * Validation.
   *
   * @param every epochs between two; 0 for none
   * @param samples posterior samples of the bound
   * @param patience validations without gain before stopping; 0 for never
   */
  public record Validation(int every, int samples, int patience) {}

  /**
   * Checkpoints.
   *
   * @param every epochs between two
   * @param keep how many of the last are kept
   * @param milestones epochs that have a checkpoint, which is kept
   */
  public record Checkpoints(int every, int keep, List<Integer> milestones) {
    /** Makes the list immutable. */
    public Checkpoints {
      milestones = List.copyOf(milestones);
    }
  }
}
