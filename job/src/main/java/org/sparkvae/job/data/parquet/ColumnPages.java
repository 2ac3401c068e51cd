package org.sparkvae.job.data.parquet;

import java.io.IOException;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.SeekableInputStream;

/**
 * What a column chunk takes to read by the headers of its pages, which a reader believes whatever
 * the file's footer says.
 *
 * @param values in all pages
 * @param unpacked bytes of all pages, and at least {@link #PLACE} for every value
 * @param held bytes in memory at a time: the largest page, and the dictionary
 */
record ColumnPages(long values, long unpacked, long held) {
  /** Bytes of a value in a reader's array, however small it is in its page. */
  static final int PLACE = 4;

  /** Bits that every byte of Snappy's length holds, and the most bytes that it takes. */
  private static final int SNAPPY_BITS = 7;

  private static final int SNAPPY_BYTES = 5;

  /** Bytes by which old writers' footers say too little: those of a dictionary's header. */
  private static final int UNCOUNTED = 100;

  static final ColumnPages NONE = new ColumnPages(0, 0, 0);

  /**
   * Reads the headers of a chunk's pages, and passes over what is in them.
   *
   * @throws IOException where there is no header, or one of negative sizes, or without what belongs
   *     to its kind, or of a page that is longer than its chunk
   * @throws org.apache.parquet.format.InvalidParquetMetadataException likewise
   */
  static ColumnPages of(SeekableInputStream file, ColumnChunkMetaData chunk) throws IOException {
    long values = 0;
    long unpacked = 0;
    long places = 0;
    long largest = 0;
    long dictionary = 0;
    long at = chunk.getStartingPos();
    long end = at + chunk.getTotalSize();
    // As a reader does: by the footer's number of values.
    while (at < end && values < chunk.getValueCount()) {
      file.seek(at);
      PageHeader header = Util.readPageHeader(file);
      requireSane(header, at);
      long next = file.getPos() + header.getCompressed_page_size();
      if (next > end + UNCOUNTED) {
        // A reader makes room for all of it first.
        throw new IOException(
            "the page at byte "
                + at
                + " ends at byte "
                + next
                + ", behind its chunk's end, "
                + end);
      }
      at = next;
      long size = size(file, header, chunk.getCodec());
      unpacked += size;
      if (header.getType() == PageType.DICTIONARY_PAGE) {
        long entries = values(header);
        dictionary = size + PLACE * entries;
        places += entries;
      } else {
        largest = Math.max(largest, size);
        values += values(header);
      }
    }
    places += values;
    return new ColumnPages(values, Math.max(unpacked, PLACE * places), largest + dictionary);
  }

  /** Two columns that are read together. */
  ColumnPages and(ColumnPages other) {
    return new ColumnPages(values + other.values, unpacked + other.unpacked, held + other.held);
  }

  /** Sizes that would make up for others, or for what is really there. */
  private static void requireSane(PageHeader header, long at) throws IOException {
    if (!hasHeaderOfItsKind(header)) {
      throw new IOException("the page at byte " + at + " has no header of its kind");
    }
    boolean sane = header.getUncompressed_page_size() >= 0 && values(header) >= 0;
    if (header.getType() == PageType.DATA_PAGE_V2) {
      DataPageHeaderV2 v2 = header.getData_page_header_v2();
      sane &=
          v2.getRepetition_levels_byte_length() >= 0
              && v2.getDefinition_levels_byte_length() >= 0
              && levels(v2) <= header.getCompressed_page_size();
    }
    if (!sane) {
      throw new IOException("the page at byte " + at + " has negative sizes");
    }
  }

  private static boolean hasHeaderOfItsKind(PageHeader header) {
    return switch (header.getType()) {
      case DATA_PAGE -> header.isSetData_page_header();
      case DATA_PAGE_V2 -> header.isSetData_page_header_v2();
      case DICTIONARY_PAGE -> header.isSetDictionary_page_header();
      case INDEX_PAGE -> true;
    };
  }

  private static long levels(DataPageHeaderV2 header) {
    return (long) header.getRepetition_levels_byte_length()
        + header.getDefinition_levels_byte_length();
  }

  /** By the page's type, as a reader does, whatever other headers it carries. */
  private static long values(PageHeader header) {
    return switch (header.getType()) {
      case DATA_PAGE -> header.getData_page_header().getNum_values();
      case DATA_PAGE_V2 -> header.getData_page_header_v2().getNum_values();
      case DICTIONARY_PAGE -> header.getDictionary_page_header().getNum_values();
      case INDEX_PAGE -> 0; // Readers pass over it.
    };
  }

  private static long size(SeekableInputStream file, PageHeader header, CompressionCodecName codec)
      throws IOException {
    long size = header.getUncompressed_page_size();
    if (codec != CompressionCodecName.SNAPPY) {
      return size;
    }
    // Its decompressor makes room for what the packed bytes say at their beginning.
    long levels = 0;
    if (header.getType() == PageType.DATA_PAGE_V2) {
      DataPageHeaderV2 v2 = header.getData_page_header_v2();
      if (!v2.isIs_compressed()) {
        return size;
      }
      levels = levels(v2);
    }
    long packed = header.getCompressed_page_size() - levels;
    file.seek(file.getPos() + levels);
    return Math.max(size, levels + snappyLength(file, Math.min(packed, SNAPPY_BYTES)));
  }

  private static long snappyLength(SeekableInputStream file, long bytes) throws IOException {
    long length = 0;
    for (int i = 0; i < bytes; i++) {
      int next = file.read();
      length |= (next & 0x7fL) << (SNAPPY_BITS * i);
      if (next < 0x80) {
        return length;
      }
    }
    return length;
  }
}
