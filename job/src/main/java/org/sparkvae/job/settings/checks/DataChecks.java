package org.sparkvae.job.settings.checks;

import java.util.Optional;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.TrainingSettings.Validation;
import org.sparkvae.likelihood.Support;
import org.sparkvae.vae.Contradiction;

/** Whether images are of the kind that they are used as. */
final class DataChecks {
  private DataChecks() {}

  static Optional<Contradiction> validation(Written written) {
    DataSettings data = written.settings().data();
    return Written.refuseIf(
        hasOwnSource(data) && data.validationFraction() > 0,
        "data.validation.fraction",
        "is above 0, but data.validation.source is set too; set one of the two");
  }

  private static boolean hasOwnSource(DataSettings data) {
    return !(data.validation() instanceof ImageSource.None);
  }

  static Optional<Contradiction> patience(Written written) {
    DataSettings data = written.settings().data();
    Validation validation = written.training().validation();
    if (validation.patience() == 0) {
      return Optional.empty();
    }
    String key = "training.validation.patience";
    if (validation.every() == 0) {
      return Written.refuse(
          key, "is above 0, but training.validation.every is 0; set it to 1 or more");
    }
    return Written.refuseIf(
        !hasOwnSource(data) && data.validationFraction() == 0,
        key,
        "is above 0, but there are no validation images; set data.validation.fraction or"
            + " data.validation.source");
  }

  static Optional<Contradiction> likelihood(Written written) {
    Support support = written.settings().model().support();
    if (support == Support.BITS
        || written.settings().data().bits().binarisation() == Binarisation.NONE) {
      return Optional.empty();
    }
    String key = "model." + written.settings().model().supportSetting();
    return Written.refuse(
        key,
        "is %s, but data.binarisation is %s%s; set data.binarisation = none"
            .formatted(
                written.text(key),
                written.text("data.binarisation"),
                support == Support.LEVELS
                    ? ", which leaves bits of the grey levels"
                    : ", and bits have no density"));
  }
}
