package org.sparkvae.job.settings;

/**
 * What a person sees.
 *
 * @param pictures write pictures
 * @param html write the page of all that
 * @param csv write a CSV file beside each small table
 * @param progress show progress bars
 */
public record ReportSettings(boolean pictures, boolean html, boolean csv, Progress progress) {
  /** When progress bars are shown. */
  public enum Progress {
    /** Where the output is a terminal. */
    AUTO,
    /** Always. */
    ON,
    /** Never. */
    OFF
  }
}
