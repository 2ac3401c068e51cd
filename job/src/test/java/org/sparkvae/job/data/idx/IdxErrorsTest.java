package org.sparkvae.job.data.idx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;
import static org.sparkvae.job.fixtures.DataFixtures.gzip;
import static org.sparkvae.job.fixtures.DataFixtures.idx;
import static org.sparkvae.job.fixtures.DataFixtures.pixels;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

/** A wrong IDX file is an error of one line, whether bad images are skipped or not. */
@ExtendWith(LocalSpark.class)
class IdxErrorsTest {
  private static final byte[] GOOD = idx(IDX_IMAGES, new int[] {9, 2, 3}, pixels(9, 6));

  @TempDir Path folder;

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
  void namesAPathThatIsNoFile() throws Exception {
    String missing = folder.resolve("missing").toString();
    expectError(
        new ImageSource.Idx(missing, "", 0),
        OnBadImage.FAIL,
        missing + ": does not exist; check the path");
    expectError(
        new ImageSource.Idx("not/there", "", 0),
        OnBadImage.FAIL,
        Path.of("not/there").toAbsolutePath() + ": does not exist; check the path");
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
    assertThatThrownBy(() -> DataFixtures.load(source, onBadImage))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
