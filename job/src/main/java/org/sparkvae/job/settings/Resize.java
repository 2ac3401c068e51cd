package org.sparkvae.job.settings;

/**
 * How images of other sizes come to one.
 *
 * @param mode what is done
 * @param width of every image, pixels; not used where the mode is NONE
 * @param height likewise
 */
public record Resize(Mode mode, int width, int height) {
  /** The default. */
  public static final Resize NONE = new Resize(Mode.NONE, 0, 0);

  /** What is done with an image of another size. */
  public enum Mode {
    /** It is bad. */
    NONE,
    /** Width and height are scaled each by itself. */
    STRETCH,
    /** It is scaled to cover the shape, and what lies outside is cut off on both sides alike. */
    CROP,
    /** It is scaled to lie within the shape, in the middle of the background. */
    FIT
  }
}
