package org.sparkvae.job.data.folder;

import java.io.Serializable;

/**
 * An image file of a folder.
 *
 * <p>A plain class rather than a record: it is shipped by Spark, whose Kryo cannot write records.
 */
final class FolderFile implements Serializable {
  private final long position;
  private final String path;
  private final long length;
  private final int label;

  /**
   * Describes a file.
   *
   * @param position in the order of the folder
   * @param path of the file
   * @param length bytes
   * @param label -1 for none
   */
  FolderFile(long position, String path, long length, int label) {
    this.position = position;
    this.path = path;
    this.length = length;
    this.label = label;
  }

  long position() {
    return position;
  }

  String path() {
    return path;
  }

  long length() {
    return length;
  }

  int label() {
    return label;
  }
}
