package org.sparkvae.job.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.data.source.PassedOver;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Pictures;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class FolderSourceTest {
  @TempDir Path folder;

  private ImageSource.Folder source(String labels, int channels, long limit) {
    return new ImageSource.Folder(folder.toString(), labels, Colour.of(channels), limit);
  }

  private void grey(String name, int value) {
    write(folder.resolve(name), Pictures.png(Pictures.grey(2, 2, value, value, value, value)));
  }

  @Test
  void readsImagesInTheOrderOfTheirPaths() {
    grey("b/1.PNG", 30);
    grey("a/z.png", 20);
    grey("a/b/c.png", 10);
    grey("c.png", 40);
    ImageBlock images = DataFixtures.images(source("", 1, 0));
    assertThat(images.pixels())
        .containsExactly(10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30, 40, 40, 40, 40);
    assertThat(images.ids()).containsExactly(0, 1, 2, 3);
    assertThat(images.labels()).containsOnly(-1);
  }

  @Test
  void tellsWhatNamesTakeOnAverage() {
    grey("1.png", 1);
    grey("two/2.png", 2);
    ImageSource.Folder source = source("", 1, 0);
    long bytes =
        FolderSource.open(LocalSpark.session(), source, DataFixtures.reading(source)).nameBytes();
    assertThat(bytes).isEqualTo(new ImageName(folder + "/12/1.png", null).bytes() - 1);
  }

  @Test
  void labelsImagesByTheirFolders() {
    grey("dogs/1.png", 1);
    grey("cats/1.png", 2);
    grey("dogs/0.png", 3);
    DataSets sets = DataFixtures.load(source("parent", 1, 0), OnBadImage.FAIL);
    ImageSet set = sets.train().orElseThrow();
    assertThat(set.labelNames()).isEqualTo(Map.of(0, "cats", 1, "dogs"));
    assertThat(DataFixtures.all(set).labels()).containsExactly(0, 1, 1);
    assertThat(DataFixtures.all(set).pixels()).contains(2, 3, 1);
    sets.unpersist();
  }

  @Test
  void readsHadoopUrisAndOddNames() {
    grey("a b/100%25.png", 5);
    String uri = "file://" + folder + "/";
    ImageBlock images = DataFixtures.images(new ImageSource.Folder(uri, "", Colour.GREY, 0));
    assertThat(images.pixels()).containsExactly(5, 5, 5, 5);
  }

  @Test
  void ignoresHiddenAndOtherFiles() throws Exception {
    grey("1.png", 9);
    grey(".hidden.png", 2);
    grey("_temporary/2.png", 3);
    grey("a/.b/2.png", 4);
    Files.writeString(folder.resolve("readme.txt"), "images");
    Files.writeString(folder.resolve("_SUCCESS"), "");
    assertThat(DataFixtures.images(source("", 1, 0)).pixels()).containsExactly(9, 9, 9, 9);
  }

  @Test
  void countsTheFilesThatItPassesOver() throws Exception {
    grey("1.png", 9);
    for (String name :
        List.of(
            "a.webp", "b/C.WEBP", "d.txt", "README", "a.b/none", ".e.png", "_SUCCESS", ".f/g")) {
      write(folder.resolve(name), new byte[9]);
    }
    String passed = "in %s: 2 .webp, 2 hidden, 2 without an ending, 1 .txt".formatted(folder);

    for (String scheme : List.of("", "file://")) {
      DataSets sets =
          DataFixtures.load(
              new ImageSource.Folder(scheme + folder, "", Colour.AUTO, 0), OnBadImage.FAIL);
      assertThat(sets.passedOver())
          .extracting(PassedOver::toString)
          .containsExactly("Passed over 7 files " + passed.replace("in /", "in " + scheme + "/"));
      assertThat(sets.passedOver())
          .flatExtracting(PassedOver::unreadImages)
          .containsExactly(".webp");
      sets.unpersist();
    }
  }

  @Test
  void passesOverNothingWhereThereIsNothingElse() {
    grey("1.png", 9);
    DataSets sets = DataFixtures.load(source("", 1, 0), OnBadImage.FAIL);
    assertThat(sets.passedOver()).isEmpty();
    sets.unpersist();
  }

  @Test
  void usesTheFirstImagesOnly() {
    for (int i = 0; i < 5; i++) {
      grey(i + ".png", i);
    }
    ImageBlock images = DataFixtures.images(source("", 1, 3));
    assertThat(images.ids()).containsExactly(0, 1, 2);
    assertThat(images.pixels()[11]).isEqualTo((byte) 2);
  }

  @Test
  void readsJpegWhateverItsName() {
    BufferedImage colour = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 16; x++) {
        colour.setRGB(x, y, new Color(200, 100, 50).getRGB());
      }
    }
    for (String name : List.of("a.jpg", "b.JPEG", "c.png")) {
      write(folder.resolve(name), Pictures.encode(colour, "jpeg"));
    }
    ImageBlock images = DataFixtures.images(source("", 3, 0));
    assertThat(images.size()).isEqualTo(3);
    int[] expected = {200, 100, 50};
    for (int i = 0; i < images.pixels().length; i++) {
      assertThat(images.pixels()[i] & 0xff).isBetween(expected[i % 3] - 3, expected[i % 3] + 3);
    }
  }

  @Test
  void readsGreyJpegWithoutGamma() {
    int[] values = new int[64];
    java.util.Arrays.fill(values, 100);
    write(folder.resolve("a.jpg"), Pictures.encode(Pictures.grey(8, 8, values), "jpeg"));
    for (byte value : DataFixtures.images(source("", 1, 0)).pixels()) {
      assertThat(value & 0xff).isBetween(99, 101);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "photos, photos/run, true",
    "photos/, photos, true",
    "photos, ./photos/a/../a/run, true",
    "photos, file:{here}/photos/run, true",
    "{here}/photos, photos/run, true",
    "photos, photos-run, false",
    "photos/run, photos, false",
    "photos, photos/_run, false",
    "photos, photos/.runs/a, false",
    "photos, nosuch://host/photos/run, false"
  })
  void tellsWhatLiesInIt(String source, String directory, boolean reads) {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(
            FolderSource.reads(
                new Configuration(),
                new ImageSource.Folder(source.replace("{here}", here), "", Colour.AUTO, 0),
                directory.replace("{here}", here)))
        .isEqualTo(reads);
  }
}
