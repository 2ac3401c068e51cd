package org.sparkvae.job.settings;

/**
 * Where a run lives.
 *
 * @param directory any Hadoop URI
 * @param mode what to do where the directory holds a run already
 * @param evaluationDirectory where an evaluation of it goes, any Hadoop URI; "" for the run
 *     directory
 */
public record RunSettings(String directory, Mode mode, String evaluationDirectory) {
  /** What to do where the directory holds a run already. */
  public enum Mode {
    /** Go on with it, or leave it as it is when finished. */
    RESUME,
    /** Start anew. */
    OVERWRITE
  }
}
