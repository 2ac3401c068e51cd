package org.sparkvae.job.ml;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The Params that {@code transform} goes by, which estimator and model let one set.
 *
 * @param <T> the class itself, which setters return
 */
public interface TransformParams<T> extends Params {
  /** The Params of the object. */
  VaeParamSet declared();

  /** The column of images: image structs, vectors or arrays of numbers. */
  default Param<String> featuresCol() {
    return declared().featuresCol;
  }

  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  default T setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /** The range of the numbers in the column of images: 0..255, 0..1 or -1..1. */
  default Param<String> inputScale() {
    return declared().inputScale;
  }

  default String getInputScale() {
    return getOrDefault(inputScale());
  }

  default T setInputScale(String value) {
    return with(inputScale(), value);
  }

  /** The column of posterior means; an empty name for none. */
  default Param<String> latentCol() {
    return declared().latentCol;
  }

  default String getLatentCol() {
    return getOrDefault(latentCol());
  }

  default T setLatentCol(String value) {
    return with(latentCol(), value);
  }

  /** The column of estimates of log p(x), nats; an empty name for none. */
  default Param<String> logLikelihoodCol() {
    return declared().logLikelihoodCol;
  }

  default String getLogLikelihoodCol() {
    return getOrDefault(logLikelihoodCol());
  }

  default T setLogLikelihoodCol(String value) {
    return with(logLikelihoodCol(), value);
  }

  /** The column of the estimates' standard errors, nats; an empty name for none. */
  default Param<String> standardErrorCol() {
    return declared().standardErrorCol;
  }

  default String getStandardErrorCol() {
    return getOrDefault(standardErrorCol());
  }

  default T setStandardErrorCol(String value) {
    return with(standardErrorCol(), value);
  }

  /** The column that says whether an estimate can be trusted; an empty name for none. */
  default Param<String> reliableCol() {
    return declared().reliableCol;
  }

  default String getReliableCol() {
    return getOrDefault(reliableCol());
  }

  default T setReliableCol(String value) {
    return with(reliableCol(), value);
  }

  /** The column of reconstructions; an empty name, the default, for none. */
  default Param<String> reconstructionCol() {
    return declared().reconstructionCol;
  }

  default String getReconstructionCol() {
    return getOrDefault(reconstructionCol());
  }

  default T setReconstructionCol(String value) {
    return with(reconstructionCol(), value);
  }

  /** The importance samples of an image's log p(x); 0 for no log p(x). */
  default IntParam samples() {
    return declared().samples;
  }

  default int getSamples() {
    return (Integer) getOrDefault(samples());
  }

  default T setSamples(int value) {
    return with(samples(), value);
  }

  @SuppressWarnings("unchecked") // T is the class itself.
  private <V> T with(Param<V> param, V value) {
    return (T) set(param, value);
  }
}
