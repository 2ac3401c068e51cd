package org.sparkvae.job.settings.checks;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.vae.Contradiction;

/**
 * Settings, and how the user wrote them.
 *
 * @param texts the text at a full key
 */
record Written(JobSettings settings, UnaryOperator<String> texts) {
  TrainingSettings training() {
    return settings.training();
  }

  String text(String key) {
    return texts.apply(key);
  }

  /** Refuses a setting, by its full key. */
  static Optional<Contradiction> refuse(String key, String says) {
    return Optional.of(new Contradiction(key, says));
  }

  static Optional<Contradiction> refuseIf(boolean refused, String key, String says) {
    return refused ? refuse(key, says) : Optional.empty();
  }

  /** What a part holds against its own settings, by their full keys. */
  static Optional<Contradiction> in(String block, Optional<Contradiction> own) {
    return own.map(of -> new Contradiction(block + "." + of.setting(), of.says()));
  }
}
