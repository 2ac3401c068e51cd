package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.DataFixtures.NONE;
import static org.sparkvae.job.fixtures.DataFixtures.settings;
import static org.sparkvae.job.fixtures.DataFixtures.write;
import static org.sparkvae.job.fixtures.Pictures.grey;
import static org.sparkvae.job.fixtures.Pictures.png;
import static org.sparkvae.job.fixtures.Pictures.samples;
import static org.sparkvae.job.fixtures.Tables.struct;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.data.conversion.EncodedImage;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.Jpegs;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Pictures;
import org.sparkvae.job.fixtures.RawPng;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.Scale;

/** Pictures come to the colour of the first one of the run, or to the one that is set. */
@ExtendWith(LocalSpark.class)
class ColourTest {
  private static final byte[] RED =
      png(samples(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), 255, 0, 0));
  private static final byte[] NINE = png(grey(1, 1, 9));

  @TempDir Path folder;

  private ImageSource pictures(String name, Colour colour, byte[]... files) {
    for (int i = 0; i < files.length; i++) {
      write(folder.resolve(name).resolve(i + ".png"), files[i]);
    }
    return new ImageSource.Folder(folder.resolve(name).toString(), "", colour, 0);
  }

  private static DataSets load(ImageSource train, ImageSource validation, ImageSource test) {
    DataSettings settings = settings(train, validation, test, 0, 1, OnBadImage.SKIP);
    return new ImageLoader(LocalSpark.session(), settings, 1).load();
  }

  private static int[] values(ImageSet set) {
    byte[] pixels = DataFixtures.all(set).pixels();
    int[] values = new int[pixels.length];
    Arrays.setAll(values, i -> pixels[i] & 0xff);
    return values;
  }

  @Test
  void takesTheColourOfTheFirstPictureAndConvertsTheOthers() {
    DataSets rgb = load(pictures("rgb", Colour.AUTO, RED, NINE, RED), NONE, NONE);
    assertThat(rgb.colour()).isEqualTo(Colour.RGB);
    assertThat(values(rgb.train().orElseThrow())).containsExactly(255, 0, 0, 9, 9, 9, 255, 0, 0);
    assertThat(rgb.findings().changes()).containsExactly("Converted 1 of 3 training images to RGB");
    rgb.unpersist();
    DataSets grey = load(pictures("grey", Colour.AUTO, NINE, RED, RED), NONE, NONE);
    assertThat(grey.colour()).isEqualTo(Colour.GREY);
    assertThat(values(grey.train().orElseThrow())).containsExactly(9, 76, 76);
    assertThat(grey.findings().changes())
        .containsExactly("Converted 2 of 3 training images to grey");
    grey.unpersist();
  }

  @Test
  void takesTheFirstPictureThatCanBeDecoded() {
    byte[] broken = Arrays.copyOf(RED, RED.length - 20);
    DataSets sets = load(pictures("a", Colour.AUTO, broken, NINE, RED), NONE, NONE);
    assertThat(sets.colour()).isEqualTo(Colour.GREY);
    assertThat(sets.badImages().count()).isEqualTo(1);
    sets.unpersist();
  }

  @Test
  void letsTheOtherSetsFollowTheFirst() {
    DataSets sets =
        load(
            pictures("train", Colour.AUTO, RED),
            pictures("validation", Colour.AUTO, NINE),
            pictures("test", Colour.AUTO, NINE, RED));
    assertThat(values(sets.validation().orElseThrow())).containsExactly(9, 9, 9);
    assertThat(values(sets.test().orElseThrow())).containsExactly(9, 9, 9, 255, 0, 0);
    assertThat(sets.findings().changes())
        .containsExactly(
            "Converted 1 of 1 validation image to RGB", "Converted 1 of 2 test images to RGB");
    sets.unpersist();
  }

  @Test
  void letsPicturesFollowWhatIsSetOrStoredBeforeThem() {
    DataSets set = load(pictures("a", Colour.GREY, RED), NONE, pictures("b", Colour.AUTO, RED));
    assertThat(set.colour()).isEqualTo(Colour.GREY);
    assertThat(values(set.test().orElseThrow())).containsExactly(76);
    set.unpersist();
    byte[] idx = DataFixtures.idx(DataFixtures.IDX_IMAGES, new int[] {1, 1, 1}, new byte[] {9});
    ImageSource digits = new ImageSource.Idx(write(folder.resolve("digits"), idx), "", 0);
    DataSets stored = load(digits, NONE, pictures("c", Colour.AUTO, RED));
    assertThat(values(stored.test().orElseThrow())).containsExactly(76);
    stored.unpersist();
  }

  @Test
  void convertsImageStructsAndFilesInTables() {
    String structs =
        table(
            "structs",
            Tables.IMAGE,
            struct(1, 1, 3, 16, 0, 0, 255),
            struct(1, 1, 1, 0, 9),
            struct(1, 1, 4, 24, 0, 0, 255, 255));
    DataSets rgb = load(parquet(structs, Colour.AUTO), NONE, NONE);
    assertThat(values(rgb.train().orElseThrow())).containsExactly(255, 0, 0, 9, 9, 9, 255, 0, 0);
    assertThat(rgb.findings().changes()).containsExactly("Converted 1 of 3 training images to RGB");
    rgb.unpersist();
    DataSets grey = load(parquet(structs, Colour.GREY), NONE, NONE);
    assertThat(values(grey.train().orElseThrow())).containsExactly(76, 9, 76);
    assertThat(grey.findings().changes())
        .containsExactly("Converted 2 of 3 training images to grey");
    grey.unpersist();
    DataSets files = load(parquet(table("files", "binary", NINE, RED), Colour.AUTO), NONE, NONE);
    assertThat(values(files.train().orElseThrow())).containsExactly(9, 76);
    files.unpersist();
  }

  @Test
  void saysThatAColourHasNoEffectOnBytes() {
    String bytes = table("bytes", "binary", new byte[] {7}, new byte[] {100});
    ImageSource source =
        new ImageSource.Parquet(bytes, "image", "", "key", 1, 1, 1, 0, Colour.RGB, Scale.BYTES);
    DataSets sets = load(source, NONE, NONE);
    assertThat(sets.findings().warnings())
        .contains(
            bytes
                + ": data.train.colour = rgb has no effect on bytes and numbers, which are grey here");
    assertThat(values(sets.train().orElseThrow())).containsExactly(7, 100);
    sets.unpersist();
  }

  /** Colour type and depth of a PNG, and its row of one pixel. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 128, 1",
    "0, 2, 64, 1",
    "0, 4, 16, 1",
    "0, 8, 9, 1",
    "4, 8, 9 255, 1",
    "0, 16, 1 2, 1",
    "2, 8, 9 9 9, 3",
    "6, 8, 9 9 9 255, 3",
    "2, 16, 1 1 1 1 1 1, 3",
    "3, 8, 0, 1",
    "3, 8, 1, 3"
  })
  void tellsGreyByHowItIsStored(int type, int depth, String pixel, int channels) throws Exception {
    RawPng raw = new RawPng(1, 1, depth, type, 0);
    if (type == RawPng.PALETTE) {
      raw.chunk("PLTE", new byte[] {90, 90, 90, 1, 2, 3});
    }
    int[] row = Arrays.stream(("0 " + pixel).split(" ")).mapToInt(Integer::parseInt).toArray();
    EncodedImage image = new EncodedImage(raw.rows(row));
    assertThat(image.shape(Colour.AUTO)).isEqualTo(new ImageShape(1, 1, channels));
    assertThat(image.shape(Colour.RGB)).isEqualTo(new ImageShape(1, 1, 3));
  }

  @Test
  void tellsGreyAndColouredJpegs() throws Exception {
    BufferedImage rgb = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    assertThat(new EncodedImage(Pictures.encode(rgb, "jpeg")).shape(Colour.AUTO).channels())
        .isEqualTo(3);
    assertThat(new EncodedImage(Jpegs.grey(8, 8)).shape(Colour.AUTO).channels()).isEqualTo(1);
  }

  private String table(String name, String type, Object... images) {
    List<Row> rows =
        IntStream.range(0, images.length).mapToObj(i -> RowFactory.create(i, images[i])).toList();
    return Tables.write(folder.resolve(name), "key int, image " + type, 1, rows);
  }

  private static ImageSource parquet(String path, Colour colour) {
    return new ImageSource.Parquet(path, "image", "", "key", 0, 0, 1, 0).withColour(colour);
  }
}
