package org.sparkvae.job.data.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.SeekableInputStream;
import org.sparkvae.job.data.faults.ReadFailure;

/**
 * A column of a row group as it lies in a file: by the footer or by the headers of its pages,
 * whichever say more bytes and fewer rows.
 *
 * @param name of the column
 * @param rows of the group
 * @param unpacked bytes of its pages
 * @param packed bytes of its pages
 * @param held bytes of it that a reader unpacks at a time
 * @param fault why it cannot be measured, and what to do; else nothing
 */
record StoredColumn(
    String name, long rows, long unpacked, long packed, long held, Optional<String> fault) {

  /** The column whose chunks have paths that begin so. */
  static StoredColumn of(SeekableInputStream file, BlockMetaData group, List<String> path) {
    String name = String.join(".", path);
    long unpacked = 0;
    long packed = 0;
    ColumnPages pages = ColumnPages.NONE;
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      if (!isUnder(path, chunk)) {
        continue;
      }
      if (chunk.getCodec() == CompressionCodecName.LZ4) {
        return unusable(
            name,
            "is packed with LZ4 in Hadoop's frames, whose sizes cannot be checked; write the file"
                + " again with zstd, snappy or lz4_raw");
      }
      unpacked += chunk.getTotalUncompressedSize();
      packed += chunk.getTotalSize();
      try {
        pages = pages.and(ColumnPages.of(file, chunk));
      } catch (IOException | InvalidParquetMetadataException e) {
        return unusable(
            name,
            "has a page whose header cannot be read: "
                + ReadFailure.firstLine(e)
                + "; write the file again");
      }
    }
    return new StoredColumn(
        name,
        Math.min(group.getRowCount(), pages.values()),
        Math.max(unpacked, pages.unpacked()),
        packed,
        pages.held(),
        Optional.empty());
  }

  private static boolean isUnder(List<String> path, ColumnChunkMetaData chunk) {
    List<String> stored = Arrays.asList(chunk.getPath().toArray());
    return stored.size() >= path.size() && stored.subList(0, path.size()).equals(path);
  }

  private static StoredColumn unusable(String name, String reason) {
    return new StoredColumn(name, 0, 0, 0, 0, Optional.of("column '" + name + "' " + reason));
  }
}
