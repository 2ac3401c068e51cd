package org.sparkvae.job.data.folder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.ImageLoader;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Pictures;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class FolderErrorsTest {
  private static final String HINT =
      "; mend or remove it, or set data.on-bad-image = skip to leave it out";
  private static final byte[] GOOD = Pictures.png(Pictures.grey(2, 2, 1, 2, 3, 4));

  @TempDir Path folder;

  private ImageSource.Folder source() {
    return new ImageSource.Folder(folder.toString(), "", Colour.GREY, 0);
  }

  private static byte[] flipped() {
    byte[] bytes = GOOD.clone();
    bytes[bytes.length - 20] ^= 1;
    return bytes;
  }

  @Test
  void namesABadImageBeforeTheFirstGoodOne() {
    String bad = write(folder.resolve("a.png"), new byte[0]);
    write(folder.resolve("b.png"), GOOD);
    assertThatThrownBy(() -> DataFixtures.load(source(), OnBadImage.FAIL))
        .hasMessage(bad + ": is empty" + HINT);
  }

  @Test
  void refusesAFolderWithoutImages() throws Exception {
    Files.writeString(folder.resolve("readme.txt"), "none");
    for (OnBadImage onBadImage : OnBadImage.values()) {
      assertThatThrownBy(() -> DataFixtures.load(source(), onBadImage))
          .isInstanceOf(DataException.class)
          .hasMessage(
              folder + ": holds no .png, .jpg or .jpeg file, but 1 .txt; name a folder of images");
    }
  }

  @Test
  void refusesAFolderOfImagesThatItCannotRead() {
    write(folder.resolve("a.webp"), GOOD);
    write(folder.resolve("b.webp"), GOOD);
    write(folder.resolve("c.csv"), GOOD);
    assertThatThrownBy(() -> DataFixtures.load(source(), OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder
                + ": holds no .png, .jpg or .jpeg file, but 2 .webp, 1 .csv;"
                + " convert them to PNG or JPEG, or name a folder of such images");
  }

  @Test
  void saysHowManyOfWhichSizeWereLeftOutWhereTooFewAreLeft() {
    write(folder.resolve("a.png"), GOOD);
    for (int i = 0; i < 3; i++) {
      write(folder.resolve("b" + i + ".png"), Pictures.png(Pictures.grey(3, 1, 1, 2, 3)));
    }
    write(folder.resolve("c.png"), Pictures.png(Pictures.grey(1, 1, 1)));
    assertThatThrownBy(
            () ->
                new ImageLoader(
                        LocalSpark.session(), DataFixtures.train(source(), 2, OnBadImage.SKIP), 1)
                    .load())
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder
                + ": 1 training image is too few for 2 shards"
                + " (4 bad images were left out: 3 of 3x1 pixels, 1 of 1x1 pixels);"
                + " set data.shards to 1");
  }

  @Test
  void refusesAFolderOfBadImagesOnly() {
    String first = write(folder.resolve("a.png"), new byte[0]);
    write(folder.resolve("b.png"), "text".getBytes());
    for (OnBadImage onBadImage : OnBadImage.values()) {
      assertThatThrownBy(() -> DataFixtures.load(source(), onBadImage))
          .isInstanceOf(DataException.class)
          .hasMessage(
              folder
                  + ": none of 2 files is a readable image ("
                  + first
                  + " is empty); mend them, or name another folder");
    }
  }

  @Test
  void refusesImagesWhoseHeadersAloneAreGood() {
    write(folder.resolve("a.png"), flipped());
    assertThatThrownBy(() -> DataFixtures.load(source(), OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder
                + ": none of 1 files is a readable image ("
                + folder
                + "/a.png is corrupt: wrong checksum of its IDAT chunk); mend them, or name another folder");
  }

  @Test
  void refusesAMissingPathAndAFile() {
    String missing = folder.resolve("missing").toString();
    assertThatThrownBy(
            () ->
                DataFixtures.load(
                    new ImageSource.Folder(missing, "", Colour.GREY, 0), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessage(missing + ": does not exist; check the path");
    String file = write(folder.resolve("a.png"), GOOD);
    assertThatThrownBy(
            () ->
                DataFixtures.load(
                    new ImageSource.Folder(file, "", Colour.GREY, 0), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": is a file; name the folder that holds the images");
  }
}
