package org.sparkvae.job.data;

import static org.sparkvae.job.fixtures.LyingParquet.cells;
import static org.sparkvae.job.fixtures.LyingParquet.data;
import static org.sparkvae.job.fixtures.LyingParquet.dictionary;
import static org.sparkvae.job.fixtures.LyingParquet.plain;
import static org.sparkvae.job.fixtures.LyingParquet.plainV2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.sparkvae.job.data.InputCase.Outcome;
import org.sparkvae.job.data.InputCase.Read;
import org.sparkvae.job.data.InputCase.Refused;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LyingParquet;
import org.sparkvae.job.fixtures.LyingParquet.Page;
import org.sparkvae.job.settings.ImageSource;
import org.xerial.snappy.Snappy;

/** Two images of 2x1 pixels in pages that say too much or too little of themselves. */
final class ParquetPageCases {
  /** As large as an array can be. */
  private static final int HUGE = Integer.MAX_VALUE - 8;

  private static final int IMAGES = 2;
  private static final byte[] CELLS = cells(new byte[] {7, 8}, new byte[] {9, 10});
  private static final byte[] GZIP = DataFixtures.gzip(CELLS);
  private static final Page HONEST = plain(IMAGES, CELLS.length, GZIP);
  private static final int UNPACKED = 60;

  /** A run of two values, each number 1 of the dictionary. */
  private static final Page NUMBERS =
      data(Encoding.RLE_DICTIONARY, IMAGES, 3, DataFixtures.gzip(new byte[] {1, 2 << 1, 1}));

  private ParquetPageCases() {}

  static Stream<InputCase> all() {
    return Stream.of(sizes(), kinds(), bombs(), codecs()).flatMap(c -> c);
  }

  private static Stream<InputCase> sizes() {
    Page tooLong = plain(IMAGES, CELLS.length, GZIP);
    tooLong.header().setCompressed_page_size(HUGE);
    Page negative = plain(IMAGES, CELLS.length, GZIP);
    negative.header().setCompressed_page_size(-1);
    return Stream.of(
        gzip("as they should be", new Read("0: 7 8, 1: 9 10"), HONEST),
        gzip(
            "a dictionary",
            new Read("0: 9 10, 1: 9 10"),
            dictionary(IMAGES, CELLS.length, GZIP),
            NUMBERS),
        gzip("said to unpack to 2 GiB", unpacks(HUGE), plain(IMAGES, HUGE, GZIP)),
        gzip("version 2, said to unpack to 2 GiB", unpacks(HUGE), plainV2(IMAGES, HUGE, GZIP)),
        gzip(
            "a dictionary said to unpack to 2 GiB",
            unpacks(HUGE + 3L),
            dictionary(IMAGES, HUGE, GZIP),
            NUMBERS),
        gzip(
            "a dictionary said to have 2^31 entries",
            unpacks(4L * (HUGE + IMAGES)),
            dictionary(HUGE, CELLS.length, GZIP),
            NUMBERS),
        gzip(
            "said to be longer than the file",
            refused(
                "has a page whose header cannot be read: the page at byte 4 ends at byte 2147483664,"
                    + " behind its chunk's end, 55; write the file again"),
            tooLong),
        gzip(
            "said to have -1 bytes",
            refused(
                "has a page whose header cannot be read: Compressed page size must not be negative but"
                    + " was: -1; write the file again"),
            negative),
        gzip("said to unpack to -1 bytes", damaged("negative sizes"), plain(IMAGES, -1, GZIP)));
  }

  /** What a page's type says, a reader believes; not which other headers there are. */
  private static Stream<InputCase> kinds() {
    byte[] cell = cells(new byte[] {7, 8});
    byte[] packed = DataFixtures.gzip(cell);
    Page both = plain(1, cell.length, packed);
    both.header()
        .setData_page_header_v2(plainV2(IMAGES, 0, GZIP).header().getData_page_header_v2());
    Page index = plain(IMAGES, 0, GZIP);
    index.header().setType(PageType.INDEX_PAGE);
    Page noDictionary = plain(IMAGES, CELLS.length, GZIP);
    noDictionary.header().setType(PageType.DICTIONARY_PAGE);
    Page noVersion1 = plainV2(IMAGES, CELLS.length, GZIP);
    noVersion1.header().setType(PageType.DATA_PAGE);
    Page noVersion2 = plain(IMAGES, CELLS.length, GZIP);
    noVersion2.header().setType(PageType.DATA_PAGE_V2);
    return Stream.of(
        gzip(
            "version 1 with a header of version 2 that says more, as they should be",
            new Read("0: 7 8, 1: 7 8"),
            both,
            plain(1, cell.length, packed)),
        gzip(
            "version 1 with a header of version 2 that says more, and 2 GiB",
            unpacks(HUGE + (long) cell.length),
            both,
            plain(1, HUGE, packed)),
        gzip("an index with a header of data", new Read("0: 7 8, 1: 9 10"), index, HONEST),
        gzip(
            "an index with a header of data, and 2 GiB",
            unpacks(HUGE),
            index,
            plain(IMAGES, HUGE, GZIP)),
        gzip(
            "a dictionary without its header",
            damaged("no header of its kind"),
            noDictionary,
            NUMBERS),
        gzip("version 1 without its header", damaged("no header of its kind"), noVersion1),
        gzip("version 2 without its header", damaged("no header of its kind"), noVersion2),
        gzip("-1 values", damaged("negative sizes"), plain(-1, CELLS.length, GZIP), HONEST, HONEST),
        gzip("version 2, -1 values", damaged("negative sizes"), plainV2(-1, CELLS.length, GZIP)),
        gzip(
            "a dictionary of -2^31 entries",
            damaged("negative sizes"),
            dictionary(Integer.MIN_VALUE, CELLS.length, GZIP),
            NUMBERS));
  }

  private static Stream<InputCase> bombs() {
    byte[] zeros = cells(new byte[] {7, 8}, new byte[200 << 20]);
    byte[] packed = DataFixtures.gzip(zeros);
    Page honest = plain(IMAGES, zeros.length, packed);
    return Stream.of(
        gzip("unpack to 200 MiB, the footer says less", unpacks(zeros.length), honest),
        input(
            "unpack to 200 MiB, the footer says as much of more rows",
            new LyingParquet(CompressionCodec.GZIP, 1L << 50, zeros.length, List.of(honest)),
            unpacks(zeros.length)),
        gzip(
            "unpack to 200 MiB and say less",
            unreadable("EOFException"),
            plain(IMAGES, CELLS.length, packed)));
  }

  private static Stream<InputCase> codecs() {
    byte[] snappy = snappy();
    byte[] lying = new byte[snappy.length + 4];
    // The length, 2^31 - 1 in five bytes for one.
    System.arraycopy(new byte[] {-1, -1, -1, -1, 7}, 0, lying, 0, 5);
    System.arraycopy(snappy, 1, lying, 5, snappy.length - 1);
    return Stream.of(
        input(
            "packed by Snappy",
            of(CompressionCodec.SNAPPY, plain(IMAGES, CELLS.length, snappy)),
            new Read("0: 7 8, 1: 9 10")),
        input(
            "whose Snappy says 2 GiB",
            of(CompressionCodec.SNAPPY, plain(IMAGES, CELLS.length, lying)),
            unpacks(Integer.MAX_VALUE)),
        input(
            "version 2, whose Snappy says 2 GiB",
            of(CompressionCodec.SNAPPY, plainV2(IMAGES, CELLS.length, lying)),
            unpacks(Integer.MAX_VALUE)),
        input(
            "packed in Hadoop's LZ4 frames",
            of(CompressionCodec.LZ4, plain(IMAGES, CELLS.length, CELLS)),
            refused(
                "is packed with LZ4 in Hadoop's frames, whose sizes cannot be checked; write the file"
                    + " again with zstd, snappy or lz4_raw")));
  }

  private static byte[] snappy() {
    try {
      return Snappy.compress(CELLS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LyingParquet of(CompressionCodec codec, Page... pages) {
    return new LyingParquet(codec, IMAGES, UNPACKED, List.of(pages));
  }

  private static InputCase gzip(String name, Outcome outcome, Page... pages) {
    return input(name, of(CompressionCodec.GZIP, pages), outcome);
  }

  private static InputCase input(String name, LyingParquet parquet, Outcome outcome) {
    return new InputCase(
        "Parquet pages: " + name,
        dir -> {
          String file = DataFixtures.write(dir.resolve("pages.parquet"), parquet.bytes());
          return new ImageSource.Parquet(file, "image", "", "", 2, 1, 1, 0);
        },
        outcome);
  }

  private static Outcome unpacks(long bytes) {
    return refused(
        String.format(
            "unpacks to %,d bytes, but 2 of 2x1 grey need 20; write the file again without cells that"
                + " are no such images, or set the shape that they have",
            bytes));
  }

  private static Outcome damaged(String reason) {
    return refused(
        "has a page whose header cannot be read: the page at byte 4 has "
            + reason
            + "; write the file again");
  }

  private static Outcome refused(String reason) {
    return new Refused("file:DIR/pages.parquet, row group 0 (from 0): column 'image' " + reason);
  }

  private static Outcome unreadable(String reason) {
    return new Refused(
        "DIR/pages.parquet: cannot be read: " + reason + "; mend the data or its store");
  }
}
