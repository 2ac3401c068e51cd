package org.sparkvae.job.settings.reading;

import org.sparkvae.evaluation.Estimator;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.kinds.Kinds;

/** Reads the block {@code evaluation}. */
final class EvaluationReader {
  private EvaluationReader() {}

  static EvaluationSettings read(Keys keys) {
    return new EvaluationSettings(
        keys.whole("samples", 1),
        keys.whole("block", 1),
        keys.whole("stream", 0),
        Kinds.read(Estimator.class, new Block(keys.at("estimator"))),
        Kinds.read(Proposal.class, new Block(keys.at("proposal"))));
  }
}
