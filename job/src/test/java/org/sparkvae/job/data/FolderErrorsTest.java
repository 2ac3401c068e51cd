package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.data.Fixtures.write;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class FolderErrorsTest {
  private static final String HINT =
      "; mend or remove it, or set data.on-bad-image = skip to leave it out";
  private static final byte[] GOOD = Pictures.png(Pictures.grey(2, 2, 1, 2, 3, 4));

  @TempDir Path folder;

  private ImageSource.Folder source() {
    return new ImageSource.Folder(folder.toString(), "", 1, 0);
  }

  static Stream<Arguments> bad() {
    byte[] truncated = Arrays.copyOf(GOOD, GOOD.length - 20);
    return Stream.of(
        Arguments.of(new byte[0], "is empty"),
        Arguments.of("GIF89a...".getBytes(), "is neither PNG nor JPEG"),
        Arguments.of(truncated, "is truncated"),
        Arguments.of(flipped(), "is corrupt: wrong checksum of its IDAT chunk"),
        Arguments.of(Arrays.copyOf(GOOD, 20), "cannot be decoded as PNG: it ends too early"),
        Arguments.of(
            new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9},
            "cannot be decoded as JPEG: No image data present to read"),
        Arguments.of(
            bomb(60_000, 60_000), "its header says 60000x60000, more than an image here may have"),
        Arguments.of(
            Pictures.png(Pictures.grey(3, 2, 1, 2, 3, 4, 5, 6)),
            "has 3x2 pixels where FOLDER/a.png has 2x2"));
  }

  private static byte[] flipped() {
    byte[] bytes = GOOD.clone();
    bytes[bytes.length - 20] ^= 1;
    return bytes;
  }

  /** A PNG whose header promises more than its few bytes hold. */
  private static byte[] bomb(int width, int height) {
    ByteBuffer bytes = ByteBuffer.wrap(GOOD.clone());
    bytes.putInt(16, width).putInt(20, height);
    CRC32 sum = new CRC32();
    sum.update(bytes.array(), 12, 17);
    bytes.putInt(29, (int) sum.getValue());
    return bytes.array();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bad")
  void namesTheFirstBadImageOrLeavesThemOut(byte[] bytes, String reason) {
    write(folder.resolve("a.png"), GOOD);
    String bad = write(folder.resolve("b/c.png"), bytes);
    write(folder.resolve("b/d.png"), new byte[0]);
    write(folder.resolve("e.png"), GOOD);
    String expected = reason.replace("FOLDER", folder.toString());
    assertThatThrownBy(() -> Fixtures.load(source(), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessage(bad + ": " + expected + HINT);

    DataSets sets = Fixtures.load(source(), OnBadImage.SKIP);
    ImageBlock images = Fixtures.all(sets.train().orElseThrow());
    assertThat(images.ids()).containsExactly(0, 3);
    assertThat(images.pixels()).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
    assertThat(sets.badImages().count()).isEqualTo(2);
    BadImage first = sets.badImages().listed().get(0);
    assertThat(first.source()).isEqualTo(folder.toString());
    assertThat(first.image()).isEqualTo(bad);
    assertThat(first.reason()).isEqualTo(expected);
    sets.unpersist();
  }

  @Test
  void noticesThatTheJpegDecoderMadePixelsUp() {
    int[] values = new Random(1).ints(64 * 64, 0, 256).toArray();
    byte[] whole = Pictures.encode(Pictures.grey(64, 64, values), "jpeg");
    write(folder.resolve("a.jpg"), whole);
    String half = write(folder.resolve("b.jpg"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Fixtures.load(source(), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessage(half + ": is damaged: Truncated File - Missing EOI marker" + HINT);
  }

  @Test
  void namesABadImageBeforeTheFirstGoodOne() {
    String bad = write(folder.resolve("a.png"), new byte[0]);
    write(folder.resolve("b.png"), GOOD);
    assertThatThrownBy(() -> Fixtures.load(source(), OnBadImage.FAIL))
        .hasMessage(bad + ": is empty" + HINT);
  }

  @Test
  void refusesAFolderWithoutImages() throws Exception {
    Files.writeString(folder.resolve("readme.txt"), "none");
    for (OnBadImage onBadImage : OnBadImage.values()) {
      assertThatThrownBy(() -> Fixtures.load(source(), onBadImage))
          .isInstanceOf(DataException.class)
          .hasMessage(folder + ": holds no .png, .jpg or .jpeg file; name a folder of images");
    }
  }

  @Test
  void refusesAFolderOfBadImagesOnly() {
    String first = write(folder.resolve("a.png"), new byte[0]);
    write(folder.resolve("b.png"), "text".getBytes());
    for (OnBadImage onBadImage : OnBadImage.values()) {
      assertThatThrownBy(() -> Fixtures.load(source(), onBadImage))
          .isInstanceOf(DataException.class)
          .hasMessage(
              folder
                  + ": none of 2 files is a readable image ("
                  + first
                  + " is empty); name a folder of images");
    }
  }

  @Test
  void refusesImagesWhoseHeadersAloneAreGood() {
    write(folder.resolve("a.png"), flipped());
    assertThatThrownBy(() -> Fixtures.load(source(), OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessage(folder + ": holds no usable image; name another source");
  }

  @Test
  void refusesAMissingPathAndAFile() {
    String missing = folder.resolve("missing").toString();
    assertThatThrownBy(
            () -> Fixtures.load(new ImageSource.Folder(missing, "", 1, 0), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessage(missing + ": does not exist; check the path");
    String file = write(folder.resolve("a.png"), GOOD);
    assertThatThrownBy(() -> Fixtures.load(new ImageSource.Folder(file, "", 1, 0), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": is a file; name the folder that holds the images");
  }
}
