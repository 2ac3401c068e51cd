package org.sparkvae.job.data.source;

import java.io.Serializable;
import org.sparkvae.job.data.faults.BadImages;

/**
 * What reading some of a source came to; errors travel as data, so that the first in source order
 * is the one reported.
 */
public final class ReadTally implements Serializable {
  public static final ReadTally NOTHING =
      new ReadTally(0, 0, 0, BadImages.NONE, ValueTally.NOTHING, ImagesDigest.NOTHING, null);

  private final long images;
  private final long entries;
  private final long nameBytes;
  private final BadImages bad;
  private final ValueTally values;
  private final ImagesDigest digest;
  private final String error;

  /**
   * Counts.
   *
   * @param images usable ones
   * @param entries images and bad images
   * @param nameBytes of heap that the names of the usable ones take, where they are kept
   * @param bad the bad ones
   * @param values of the usable ones
   * @param digest of the usable ones
   * @param error what is wrong with the source as a whole, or null
   */
  ReadTally(
      long images,
      long entries,
      long nameBytes,
      BadImages bad,
      ValueTally values,
      ImagesDigest digest,
      String error) {
    this.images = images;
    this.entries = entries;
    this.nameBytes = nameBytes;
    this.bad = bad;
    this.values = values;
    this.digest = digest;
    this.error = error;
  }

  public long images() {
    return images;
  }

  public long entries() {
    return entries;
  }

  /** Bytes of heap that the names of the usable images take, where they are kept. */
  public long nameBytes() {
    return nameBytes;
  }

  public BadImages bad() {
    return bad;
  }

  public ValueTally values() {
    return values;
  }

  /** Of the usable images. */
  public ImagesDigest digest() {
    return digest;
  }

  /** What is wrong with the source as a whole, or null. */
  public String error() {
    return error;
  }

  /** The same, of whose bad images at most so many are listed. */
  public ReadTally listing(int most) {
    return new ReadTally(images, entries, nameBytes, bad.listing(most), values, digest, error);
  }

  /** This, then what was read next. */
  public ReadTally plus(ReadTally next) {
    return new ReadTally(
        images + next.images,
        entries + next.entries,
        nameBytes + next.nameBytes,
        bad.plus(next.bad),
        values.plus(next.values),
        digest.plus(next.digest),
        error == null ? next.error : error);
  }
}
