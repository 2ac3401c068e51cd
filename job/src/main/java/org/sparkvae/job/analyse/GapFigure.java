package org.sparkvae.job.analyse;

import java.util.Locale;
import java.util.function.Function;

/** A figure of {@link Gaps}, as tables, summaries and people call it. */
enum GapFigure {
  LOG_LIKELIHOOD("log p(x)", gaps -> gaps.logLikelihood().estimate()),
  REFINED_ELBO("bound, best posterior", Gaps::refined),
  ELBO("bound, the encoder's", Gaps::elbo),
  APPROXIMATION_GAP("approximation gap", Gaps::approximation),
  AMORTISATION_GAP("amortisation gap", Gaps::amortisation);

  private final String title;
  private final Function<Gaps, Estimate> estimate;

  GapFigure(String title, Function<Gaps, Estimate> estimate) {
    this.title = title;
    this.estimate = estimate;
  }

  /** As a person reads it. */
  String title() {
    return title;
  }

  /** Whether it is a difference of others, whose spread over images says something. */
  boolean isDifference() {
    return this == APPROXIMATION_GAP || this == AMORTISATION_GAP;
  }

  /** The column of its values. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column of its values' standard errors. */
  String errorColumn() {
    return column() + "_standard_error";
  }

  Estimate of(Gaps gaps) {
    return estimate.apply(gaps);
  }
}
