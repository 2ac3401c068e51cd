package org.sparkvae.dl4j;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;

/**
 * The optimiser as Deeplearning4j's {@code fit} knows it; the arithmetic is that of {@link
 * Optimiser}.
 *
 * <p>State: Adam [2 P], the first moments and then the second; gradient descent with momentum [P];
 * natural gradients with momentum the same, then {@link org.sparkvae.curvature.Factors}, which
 * Deeplearning4j's own {@code fit} knows nothing of.
 */
public final class VaeUpdater implements IUpdater {
  @JsonSerialize(using = KindJson.OptimiserWriter.class)
  private final Optimiser optimiser;

  private final long trainingImages;
  private double learningRate;

  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  private final long besideMoments;

  /** An updater whose optimiser keeps moments alone. */
  public VaeUpdater(Optimiser optimiser, long trainingImages, double learningRate) {
    this(optimiser, trainingImages, learningRate, 0);
  }

  /**
   * An updater.
   *
   * @param optimiser takes the steps
   * @param trainingImages N: gradients are of the loss -J
   * @param learningRate for the gradient of J/N
   * @param besideMoments values of the state that are no moments; 0 where a description says
   *     nothing of it
   */
  @JsonCreator
  public VaeUpdater(
      @JsonProperty("optimiser") @JsonDeserialize(using = KindJson.OptimiserReader.class)
          Optimiser optimiser,
      @JsonProperty("trainingImages") long trainingImages,
      @JsonProperty("learningRate") double learningRate,
      @JsonProperty("besideMoments") long besideMoments) {
    this.optimiser = Objects.requireNonNull(optimiser);
    this.trainingImages = trainingImages;
    this.learningRate = learningRate;
    this.besideMoments = besideMoments;
  }

  /** Which optimiser takes the steps. */
  public Optimiser optimiser() {
    return optimiser;
  }

  /** N, images in the whole training set. */
  public long trainingImages() {
    return trainingImages;
  }

  @Override
  public long stateSize(long parameters) {
    return Math.addExact(Steps.stateLength(optimiser, parameters), besideMoments);
  }

  @Override
  public GradientUpdater<VaeUpdater> instantiate(INDArray state, boolean initialise) {
    VaeGradientUpdater updater = new VaeGradientUpdater(this, state);
    if (initialise && state != null) {
      state.assign(0);
    }
    return updater;
  }

  @Override
  public GradientUpdater<VaeUpdater> instantiate(Map<String, INDArray> state, boolean initialise) {
    return instantiate(state.get(VaeGradientUpdater.STATE), initialise);
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRate;
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  /**
   * Sets the learning rate.
   *
   * @throws IllegalArgumentException where a schedule is given: the caller sets the rate by epoch
   */
  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    if (schedule != null) {
      throw new IllegalArgumentException(
          "the VAE's updater takes no schedule: set the learning rate before each epoch");
    }
    learningRate = rate;
  }

  @Override
  public VaeUpdater clone() {
    return new VaeUpdater(optimiser, trainingImages, learningRate, besideMoments);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VaeUpdater that
        && optimiser.equals(that.optimiser)
        && trainingImages == that.trainingImages
        && besideMoments == that.besideMoments
        && Double.compare(learningRate, that.learningRate) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(optimiser, trainingImages, learningRate, besideMoments);
  }
}
