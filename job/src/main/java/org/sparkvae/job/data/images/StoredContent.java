package org.sparkvae.job.data.images;

import java.nio.ByteBuffer;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * Images in a file: a record each of id, label and pixels, and where they have names, a table of
 * the names' ends and the names.
 *
 * <p>Not serialisable: another process cannot read the file.
 */
final class StoredContent implements ImageContent, KnownSizeEstimation {
  /** Where there are no names. */
  static final long NO_NAMES = -1;

  /** Of records that are read together, so that a block is not held twice. */
  private static final int READ_BYTES = 1 << 18;

  private static final int HEAP_BYTES = 64;

  private final ImageFile file;
  private final long at;
  private final int size;
  private final int values;
  private final long namesAt;

  /**
   * Refers to images.
   *
   * @param at where their records begin
   * @param size how many
   * @param values per image
   * @param namesAt where the table of the names' ends begins, or {@link #NO_NAMES}
   */
  StoredContent(ImageFile file, long at, int size, int values, long namesAt) {
    this.file = file;
    this.at = at;
    this.size = size;
    this.values = values;
    this.namesAt = namesAt;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int values() {
    return values;
  }

  @Override
  public void copy(int image, HeapContent to, int place) {
    byte[] record = new byte[StoredBlocks.HEAD_BYTES + values];
    file.read(at + (long) image * record.length, record);
    unpack(record, 0, to, place);
    if (namesAt != NO_NAMES) {
      to.name(place, name(image));
    }
  }

  @Override
  public ImageName name(int image) {
    if (namesAt == NO_NAMES) {
      return ImageName.NONE;
    }
    int from = image == 0 ? 0 : nameEnd(image - 1);
    byte[] name = new byte[nameEnd(image) - from];
    file.read(namesAt + (long) Integer.BYTES * size + from, name);
    return NameBytes.read(name);
  }

  private int nameEnd(int image) {
    byte[] end = new byte[Integer.BYTES];
    file.read(namesAt + (long) Integer.BYTES * image, end);
    return ByteBuffer.wrap(end).getInt();
  }

  @Override
  public HeapContent inHeap() {
    HeapContent heap = new HeapContent(new long[size], new int[size], new byte[size * values]);
    int record = StoredBlocks.HEAD_BYTES + values;
    int most = Math.max(1, READ_BYTES / record);
    for (int first = 0; first < size; first += most) {
      byte[] records = new byte[Math.min(most, size - first) * record];
      file.read(at + (long) first * record, records);
      for (int i = 0; i * record < records.length; i++) {
        unpack(records, i * record, heap, first + i);
      }
    }
    for (int i = 0; i < size && namesAt != NO_NAMES; i++) {
      heap.name(i, name(i));
    }
    return heap;
  }

  private void unpack(byte[] records, int from, HeapContent to, int place) {
    ByteBuffer head = ByteBuffer.wrap(records, from, StoredBlocks.HEAD_BYTES);
    to.ids()[place] = head.getLong();
    to.labels()[place] = head.getInt();
    System.arraycopy(records, from + StoredBlocks.HEAD_BYTES, to.pixels(), place * values, values);
  }

  @Override
  public long estimatedSize() {
    return HEAP_BYTES;
  }
}
