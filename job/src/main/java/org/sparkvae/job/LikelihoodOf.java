package org.sparkvae.job;

import java.util.Locale;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.vae.Model;

/**
 * What log p(x) is the logarithm of, in a few words: figures of the same words can be compared,
 * others never.
 */
final class LikelihoodOf {
  private LikelihoodOf() {}

  /** Of images as a model sees them. */
  static String words(Model model, Binarisation binarisation) {
    return switch (model.support()) {
      case BITS ->
          binarisation == Binarisation.NONE
              ? "intensities taken for bits"
              : "bits, %s binarisation".formatted(binarisation.name().toLowerCase(Locale.ROOT));
      case LEVELS -> "%d levels".formatted(model.levels());
      case INTENSITIES -> "densities";
    };
  }
}
