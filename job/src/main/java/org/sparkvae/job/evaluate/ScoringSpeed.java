package org.sparkvae.job.evaluate;

/**
 * How long it took to score images, of those that this job scored itself.
 *
 * @param images that were scored; 0 where all scores were there already
 * @param seconds wall time
 */
public record ScoringSpeed(long images, double seconds) {
  /** Of no images. */
  public static final ScoringSpeed NONE = new ScoringSpeed(0, 0);

  /** Images per second of wall time; NaN where none were scored. */
  public double imagesPerSecond() {
    return images == 0 ? Double.NaN : images / seconds;
  }

  /** Of these images and then those. */
  ScoringSpeed plus(ScoringSpeed next) {
    return new ScoringSpeed(images + next.images, seconds + next.seconds);
  }
}
