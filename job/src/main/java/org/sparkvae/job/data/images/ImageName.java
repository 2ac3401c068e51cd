package org.sparkvae.job.data.images;

import java.io.Serializable;
import java.util.Objects;

/**
 * How a person finds an image: by its path, by its id where that is text, or by neither.
 *
 * <p>A plain class rather than a record: it is shipped by Spark, whose Kryo cannot write records.
 */
public final class ImageName implements Serializable {
  /** Of an image that has only its number. */
  public static final ImageName NONE = new ImageName(null, null);

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String idText;

  /**
   * Names an image.
   *
   * @param path of its file, or the path that its source gives; null for none
   * @param idText its id where ids are text; null where they are numbers
   */
  public ImageName(String path, String idText) {
    this.path = path;
    this.idText = idText;
  }

  /** Path of its file, or the path that its source gives; null for none. */
  public String path() {
    return path;
  }

  /** Its id where ids are text; null where they are numbers. */
  public String idText() {
    return idText;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageName name
        && Objects.equals(path, name.path)
        && Objects.equals(idText, name.idText);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, idText);
  }

  @Override
  public String toString() {
    return "path " + path + ", id " + idText;
  }
}
