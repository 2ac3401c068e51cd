package org.sparkvae.job.data.faults;

import java.io.Serializable;

/**
 * An image that cannot be used.
 *
 * <p>A plain class rather than a record: it is shipped by Spark, whose Kryo cannot write records.
 */
public final class BadImage implements Serializable {
  private final String source;
  private final String image;
  private final String reason;

  /**
   * Names the image and what is wrong with it.
   *
   * @param source path of the image's source
   * @param image which image of it: a file's path, or a table and its row
   * @param reason what is wrong, without a full stop
   */
  public BadImage(String source, String image, String reason) {
    this.source = source;
    this.image = image;
    this.reason = reason;
  }

  /** Path of the image's source. */
  public String source() {
    return source;
  }

  /** Which image of it: a file's path, or a table and its row. */
  public String image() {
    return image;
  }

  /** What is wrong, without a full stop. */
  public String reason() {
    return reason;
  }

  @Override
  public String toString() {
    return image + ": " + reason;
  }
}
