package org.sparkvae.job.checkpoint;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How much an estimator's gradient varied after an epoch, a measure of {@link EpochRecord}.
 *
 * @param estimator as the settings name it
 * @param part of the model, "encoder" or "decoder"
 * @param kind what of it
 */
public record GradientMeasure(String estimator, String part, Kind kind) {
  /** What is measured. */
  public enum Kind {
    /** The sum of the variances of the derivatives of the mean bound per image. */
    VARIANCE,
    /** |mean| over the root of the variance. */
    SNR;

    private String suffix() {
      return "_gradient_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Its name, as "score_function_encoder_gradient_variance". */
  public String name() {
    return estimator.replace('-', '_') + "_" + part + kind.suffix();
  }

  /** The parts of the model that an epoch has measures of. */
  public static List<String> parts(EpochRecord epoch) {
    return Stream.of("encoder", "decoder")
        .filter(part -> !estimators(epoch, part).isEmpty())
        .toList();
  }

  /** The estimators that an epoch has measures of, as the settings name them, in their order. */
  public static List<String> estimators(EpochRecord epoch, String part) {
    String end = "_" + part + Kind.VARIANCE.suffix();
    return epoch.measures().keySet().stream()
        .filter(name -> name.endsWith(end))
        .map(name -> name.substring(0, name.length() - end.length()).replace('_', '-'))
        .toList();
  }
}
