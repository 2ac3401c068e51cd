package org.sparkvae.job.data;

import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_LABELS;
import static org.sparkvae.job.fixtures.DataFixtures.gzip;
import static org.sparkvae.job.fixtures.DataFixtures.idx;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.util.Arrays;
import java.util.stream.Stream;
import org.sparkvae.job.data.InputCase.Read;
import org.sparkvae.job.data.InputCase.Refused;
import org.sparkvae.job.fixtures.Bombs;
import org.sparkvae.job.settings.ImageSource;

/**
 * IDX files, whose images have no form of their own: what is wrong is wrong with the whole file.
 */
final class IdxCases {
  private static final byte[] GOOD =
      idx(IDX_IMAGES, new int[] {3, 1, 2}, new byte[] {1, 2, 3, 4, 5, 6});
  private static final String ALL = "0: 1 2, 1: 3 4, 2: 5 6";
  private static final String AGAIN = "; fetch it again";

  private IdxCases() {}

  static Stream<InputCase> all() {
    return Stream.of(headers(), lengths(), gzipped(), labels()).flatMap(c -> c);
  }

  private static Stream<InputCase> headers() {
    String notImages =
        "not an IDX file of images: starts with 0x%s, not 0x00000803 or 0x00000804; name another file";
    return Stream.of(
        reads("gzipped, not named .gz", gzip(GOOD)),
        refused("no bytes", new byte[0], "is empty; an IDX file of images is needed"),
        refused("3 bytes", new byte[3], "truncated within the IDX header" + AGAIN),
        refused("11 bytes", Arrays.copyOf(GOOD, 11), "truncated within the IDX header" + AGAIN),
        refused("text", "PNG images".getBytes(), notImages.formatted("504e4720")),
        refused(
            "labels for images",
            idx(IDX_LABELS, new int[] {5}, new byte[5]),
            notImages.formatted("00000801")),
        refused(
            "floats",
            idx(0xd03, new int[] {1, 1, 1}, new byte[4]),
            notImages.formatted("00000d03")),
        refused(
            "no images",
            idx(IDX_IMAGES, new int[] {0, 2, 3}, new byte[0]),
            "holds no images; name another file"),
        cannotBe(
            "2^60 values an image",
            idx(IDX_IMAGES, new int[] {2, 1 << 30, 1 << 30}, new byte[8]),
            "[2, 1073741824, 1073741824]"),
        cannotBe(
            "2^60 values, gzipped",
            gzip(idx(IDX_IMAGES, new int[] {2, 1 << 30, 1 << 30}, new byte[8])),
            "[2, 1073741824, 1073741824]"),
        cannotBe(
            "-1 images", idx(IDX_IMAGES, new int[] {-1, 2, 3}, new byte[6]), "[4294967295, 2, 3]"),
        cannotBe("no rows", idx(IDX_IMAGES, new int[] {1, 0, 3}, new byte[6]), "[1, 0, 3]"),
        cannotBe("2 channels", idx(0x804, new int[] {1, 1, 1, 2}, new byte[2]), "[1, 1, 1, 2]"));
  }

  private static Stream<InputCase> lengths() {
    byte[] shorter = Arrays.copyOf(GOOD, GOOD.length - 3);
    byte[] longer = Arrays.copyOf(GOOD, GOOD.length + 3);
    int[] many = {2_000_000_000, 4096, 4096};
    return Stream.of(
        refused("cut off", shorter, "truncated: ends after 1 of 3 items" + AGAIN),
        refused(
            "cut off, then gzipped", gzip(shorter), "truncated: ends after 1 of 3 items" + AGAIN),
        refused("too long", longer, "3 bytes after the last of 3 items" + AGAIN),
        refused("too long, gzipped", gzip(longer), "3 bytes after the last of 3 items" + AGAIN),
        refused(
            "30 petabytes",
            idx(IDX_IMAGES, many, new byte[6]),
            "truncated: ends after 0 of 2000000000 items" + AGAIN),
        refused(
            "30 petabytes, gzipped",
            padded(gzip(idx(IDX_IMAGES, many, new byte[6])), 40),
            "the IDX header says [2000000000, 4096, 4096], more than 40 gzipped bytes can hold"
                + AGAIN));
  }

  private static Stream<InputCase> gzipped() {
    byte[] gzipped = gzip(GOOD);
    byte[] damaged = gzipped.clone();
    damaged[damaged.length - 6] ^= 1;
    return Stream.of(
        refused(
            "gzip cut off",
            Arrays.copyOf(gzipped, gzipped.length - 12),
            "truncated gzip file" + AGAIN),
        refused(
            "gzip without checksum",
            Arrays.copyOf(gzipped, gzipped.length - 8),
            "truncated gzip file" + AGAIN),
        refused(
            "gzip header cut off",
            Arrays.copyOf(gzipped, 5),
            "truncated within the gzip header" + AGAIN),
        refused("wrong gzip checksum", damaged, "corrupt gzip file: Corrupt GZIP trailer" + AGAIN),
        reads("rubbish after gzip, as gzip has it", Arrays.copyOf(gzipped, gzipped.length + 99)),
        refused(
            "1 TB behind the images",
            Bombs.gzip(GOOD, 1 << 20),
            "over 1048576 bytes after the last of 3 items" + AGAIN));
  }

  private static Stream<InputCase> labels() {
    byte[] three = idx(IDX_LABELS, new int[] {3}, new byte[] {0, 9, (byte) 255});
    byte[] gzipped = gzip(three);
    return Stream.of(
        labelled("every label there is", three, new Read(ALL)),
        labelled(
            "fewer labels",
            idx(IDX_LABELS, new int[] {2}, new byte[2]),
            new Refused(
                "DIR/labels: 2 labels for the 3 images of DIR/images; name the files that belong together")),
        labelled(
            "more labels",
            idx(IDX_LABELS, new int[] {4}, new byte[4]),
            new Refused(
                "DIR/labels: 4 labels for the 3 images of DIR/images; name the files that belong together")),
        labelled(
            "labels cut off",
            Arrays.copyOf(three, 10),
            new Refused("DIR/labels: truncated: ends after 2 of 3 items" + AGAIN)),
        labelled(
            "gzipped labels cut off",
            Arrays.copyOf(gzipped, gzipped.length - 9),
            new Refused("DIR/labels: truncated gzip file" + AGAIN)),
        labelled(
            "images for labels",
            GOOD,
            new Refused(
                "DIR/labels: not an IDX file of labels: starts with 0x00000803, not 0x00000801; name another file")));
  }

  private static byte[] padded(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static InputCase reads(String name, byte[] bytes) {
    return images(name, bytes, new Read(ALL));
  }

  private static InputCase refused(String name, byte[] bytes, String message) {
    return images(name, bytes, new Refused("DIR/images: " + message));
  }

  private static InputCase cannotBe(String name, byte[] bytes, String dimensions) {
    return refused(
        name, bytes, "the IDX header says " + dimensions + ", which cannot be images" + AGAIN);
  }

  private static InputCase images(String name, byte[] bytes, InputCase.Outcome outcome) {
    return new InputCase(
        "IDX: " + name,
        dir -> new ImageSource.Idx(write(dir.resolve("images"), bytes), "", 0),
        outcome);
  }

  private static InputCase labelled(String name, byte[] labels, InputCase.Outcome outcome) {
    return new InputCase(
        "IDX: " + name,
        dir ->
            new ImageSource.Idx(
                write(dir.resolve("images"), GOOD), write(dir.resolve("labels"), labels), 0),
        outcome);
  }
}
