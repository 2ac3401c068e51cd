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

  /** Heap that a name takes beside its texts: an object, and the reference to it. */
  private static final int OWN_BYTES = 28;

  /** Heap that a text takes beside its characters: two objects. */
  private static final int TEXT_BYTES = 40;

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

  /** Bytes of heap that it takes; none where there is no name. */
  public long bytes() {
    if (equals(NONE)) {
      return 0;
    }
    int texts = (path == null ? 0 : 1) + (idText == null ? 0 : 1);
    return bytes(texts, characterBytes(path) + characterBytes(idText));
  }

  /**
   * Bytes of heap that a name takes.
   *
   * @param texts one or two
   * @param characters bytes of all their characters: in UTF-8 they are about as many as Java's
   */
  public static long bytes(int texts, long characters) {
    return OWN_BYTES + (long) TEXT_BYTES * texts + characters;
  }

  /** One byte each where all are Latin, else two, as Java stores them. */
  private static long characterBytes(String text) {
    if (text == null) {
      return 0;
    }
    boolean latin = text.chars().allMatch(character -> character <= 0xff);
    return (latin ? 1L : 2L) * text.length();
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
