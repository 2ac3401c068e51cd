package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.data.Fixtures.IDX_IMAGES;
import static org.sparkvae.job.data.Fixtures.IDX_LABELS;
import static org.sparkvae.job.data.Fixtures.gzip;
import static org.sparkvae.job.data.Fixtures.idx;
import static org.sparkvae.job.data.Fixtures.pixels;
import static org.sparkvae.job.data.Fixtures.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

/** A wrong IDX file is an error of one line, whether bad images are skipped or not. */
@ExtendWith(LocalSpark.class)
class IdxErrorsTest {
  private static final byte[] GOOD = idx(IDX_IMAGES, new int[] {9, 2, 3}, pixels(9, 6));

  @TempDir Path folder;

  static Stream<Arguments> malformed() {
    byte[] gzipped = gzip(GOOD);
    byte[] damaged = gzipped.clone();
    damaged[damaged.length - 6] ^= 1;
    byte[] shorter = Arrays.copyOf(GOOD, GOOD.length - 7);
    byte[] longer = Arrays.copyOf(GOOD, GOOD.length + 3);
    byte[] huge = idx(IDX_IMAGES, new int[] {2, 1 << 30, 1 << 30}, new byte[8]);
    return Stream.of(
        Arguments.of(new byte[0], "is empty; an IDX file of images is needed"),
        Arguments.of(new byte[3], "truncated within the IDX header; fetch it again"),
        Arguments.of(Arrays.copyOf(GOOD, 11), "truncated within the IDX header; fetch it again"),
        Arguments.of(
            "PNG images".getBytes(),
            "not an IDX file of images: starts with 0x504e4720, not 0x00000803 or 0x00000804; name"
                + " another file"),
        Arguments.of(
            idx(IDX_LABELS, new int[] {5}, new byte[5]),
            "not an IDX file of images: starts with 0x00000801, not 0x00000803 or 0x00000804; name"
                + " another file"),
        Arguments.of(
            idx(0xd03, new int[] {1, 1, 1}, new byte[4]),
            "not an IDX file of images: starts with 0x00000d03, not 0x00000803 or 0x00000804; name"
                + " another file"),
        Arguments.of(shorter, "truncated: ends after 7 of 9 items; fetch it again"),
        Arguments.of(gzip(shorter), "truncated: ends after 7 of 9 items; fetch it again"),
        Arguments.of(longer, "3 bytes after the last of 9 items; fetch it again"),
        Arguments.of(gzip(longer), "3 bytes after the last of 9 items; fetch it again"),
        Arguments.of(
            Arrays.copyOf(gzipped, gzipped.length - 12), "truncated gzip file; fetch it again"),
        Arguments.of(Arrays.copyOf(gzipped, 5), "truncated within the gzip header; fetch it again"),
        Arguments.of(damaged, "corrupt gzip file: Corrupt GZIP trailer; fetch it again"),
        Arguments.of(
            huge,
            "the IDX header says [2, 1073741824, 1073741824], which cannot be images; fetch it"
                + " again"),
        Arguments.of(
            gzip(huge),
            "the IDX header says [2, 1073741824, 1073741824], which cannot be images; fetch it"
                + " again"),
        Arguments.of(
            idx(IDX_IMAGES, new int[] {-1, 2, 3}, new byte[6]),
            "the IDX header says [4294967295, 2, 3], which cannot be images; fetch it again"),
        Arguments.of(
            gzip(idx(IDX_IMAGES, new int[] {2_000_000_000, 2, 3}, new byte[6])),
            "truncated: ends after 1 of 2000000000 items; fetch it again"),
        Arguments.of(
            idx(0x804, new int[] {1, 1, 1, 2}, new byte[2]),
            "the IDX header says [1, 1, 1, 2], which cannot be images; fetch it again"),
        Arguments.of(
            idx(IDX_IMAGES, new int[] {0, 2, 3}, new byte[0]),
            "holds no images; name another file"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("malformed")
  void namesTheImageFile(byte[] bytes, String message) {
    String path = write(folder.resolve("images"), bytes);
    for (OnBadImage onBadImage : OnBadImage.values()) {
      expectError(new ImageSource.Idx(path, "", 0), onBadImage, path + ": " + message);
    }
  }

  @Test
  void findsDamageBeyondTheImagesUsed() {
    byte[] gzipped = gzip(GOOD);
    String path = write(folder.resolve("a.gz"), Arrays.copyOf(gzipped, gzipped.length - 2));
    expectError(
        new ImageSource.Idx(path, "", 2),
        OnBadImage.FAIL,
        path + ": truncated gzip file; fetch it again");
  }

  @Test
  void namesTheLabelFile() {
    String path = write(folder.resolve("images"), GOOD);
    String fewer = write(folder.resolve("labels"), idx(IDX_LABELS, new int[] {8}, new byte[8]));
    expectError(
        new ImageSource.Idx(path, fewer, 0),
        OnBadImage.FAIL,
        fewer + ": 8 labels for the 9 images of " + path + "; name the files that belong together");
    byte[] gzipped = gzip(idx(IDX_LABELS, new int[] {9}, pixels(9, 1)));
    String truncated =
        write(folder.resolve("labels.gz"), Arrays.copyOf(gzipped, gzipped.length - 9));
    expectError(
        new ImageSource.Idx(path, truncated, 0),
        OnBadImage.FAIL,
        truncated + ": truncated gzip file; fetch it again");
    expectError(
        new ImageSource.Idx(path, path, 0),
        OnBadImage.FAIL,
        path
            + ": not an IDX file of labels: starts with 0x00000803, not 0x00000801; name another"
            + " file");
  }

  @Test
  void namesAPathThatIsNoFile() throws Exception {
    String missing = folder.resolve("missing").toString();
    expectError(
        new ImageSource.Idx(missing, "", 0),
        OnBadImage.FAIL,
        missing + ": does not exist; check the path");
    String directory = Files.createDirectory(folder.resolve("directory")).toString();
    expectError(
        new ImageSource.Idx(directory, "", 0),
        OnBadImage.FAIL,
        directory + ": is a folder; name a file");
    expectError(
        new ImageSource.Idx("nosuch://host/images", "", 0),
        OnBadImage.FAIL,
        "nosuch://host/images: cannot be read: No FileSystem for scheme \"nosuch\"; mend the data"
            + " or its store");
  }

  private static void expectError(ImageSource source, OnBadImage onBadImage, String message) {
    assertThatThrownBy(() -> Fixtures.load(source, onBadImage))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
