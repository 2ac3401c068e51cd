package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.fixtures.DataFixtures.write;
import static org.sparkvae.job.fixtures.Pictures.grey;
import static org.sparkvae.job.fixtures.Pictures.png;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.faults.BadImage;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.Resize;

/** Images of every kind of source are cropped to 2x2 pixels, the middle of 4x2 being 2 3 6 7. */
@ExtendWith(LocalSpark.class)
class ResizedSourcesTest {
  private static final byte[] WIDE = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final byte[] MIDDLE = {2, 3, 6, 7};
  private static final String RESIZED = "Resized 1 of 1 training image to 2x2";

  @TempDir Path folder;
  private int tables;

  private void expect(ImageSource source, byte[] pixels, String... changes) {
    DataSets sets = DataFixtures.load(source, Background.BLACK, new Resize(Resize.Mode.CROP, 2, 2));
    ImageSet set = sets.train().orElseThrow();
    assertThat(set.shape().width()).isEqualTo(2);
    assertThat(set.shape().height()).isEqualTo(2);
    assertThat(DataFixtures.all(set).pixels()).isEqualTo(pixels);
    assertThat(sets.findings().changes()).containsExactly(changes);
    sets.unpersist();
  }

  @Test
  void idx() {
    byte[] file = DataFixtures.idx(DataFixtures.IDX_IMAGES, new int[] {1, 2, 4}, WIDE);
    expect(new ImageSource.Idx(write(folder.resolve("images"), file), "", 0), MIDDLE, RESIZED);
  }

  @Test
  void folder() {
    write(folder.resolve("a.png"), png(grey(4, 2, 1, 2, 3, 4, 5, 6, 7, 8)));
    write(folder.resolve("b.png"), png(grey(2, 2, 50, 51, 52, 53)));
    expect(
        new ImageSource.Folder(folder.toString(), "", Colour.AUTO, 0),
        new byte[] {2, 3, 6, 7, 50, 51, 52, 53},
        "Resized 1 of 2 training images to 2x2");
  }

  @Test
  void bytes() {
    expect(table("binary", 4, 2, WIDE), MIDDLE, RESIZED);
  }

  @Test
  void arraysOfNumbers() {
    Object flat = array(1, 2, 3, 4, 5, 6, 7, 8);
    expect(table("array<int>", 4, 2, flat), MIDDLE, RESIZED);
    Object nested = array(array(1, 2, 3, 4), array(5, 6, 7, 8));
    expect(table("array<array<int>>", 0, 0, nested), MIDDLE, RESIZED);
  }

  @Test
  void filesInTables() {
    byte[] file = png(grey(4, 2, 1, 2, 3, 4, 5, 6, 7, 8));
    expect(table("binary", 0, 0, file), MIDDLE, RESIZED);
    expect(table("binary", 2, 2, file), MIDDLE, RESIZED);
  }

  @Test
  void imageStructs() {
    Object wide = Tables.struct(2, 4, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    expect(table(Tables.IMAGE, 0, 0, wide), MIDDLE, RESIZED);
  }

  @Test
  void leavesOutWhatAnImageMayNotBe() {
    ImageSource source =
        table(
            Tables.IMAGE,
            0,
            0,
            Tables.struct(2, 2, 1, 0, 9, 9, 9, 10),
            Tables.struct(1 << 14, 1 << 14, 1, 0, 1));
    Resize resize = new Resize(Resize.Mode.CROP, 2, 2);
    DataSets sets = DataFixtures.load(source, OnBadImage.SKIP, Background.BLACK, resize);
    assertThat(sets.badImages().listed())
        .extracting(BadImage::reason)
        .containsExactly("it is 16384x16384, more than 134 million values, pixels times channels");
    sets.unpersist();
  }

  /**
   * A photo has more values than a model's image may, of which it is no matter when it is resized.
   */
  @Test
  void photos() {
    BufferedImage photo = new BufferedImage(2600, 2200, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = photo.createGraphics();
    graphics.setColor(new Color(10, 20, 30));
    graphics.fillRect(0, 0, photo.getWidth(), photo.getHeight());
    write(folder.resolve("a.png"), png(photo));
    ImageSource source = new ImageSource.Folder(folder.toString(), "", Colour.AUTO, 0);
    expect(source, new byte[] {10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30}, RESIZED);
    assertThatThrownBy(() -> DataFixtures.load(source, OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "/a.png without data.resize it would be the model's image of 2600x2200, more than 16"
                + " million values, pixels times channels");
  }

  private ImageSource table(String type, int width, int height, Object... images) {
    List<Row> rows =
        IntStream.range(0, images.length).mapToObj(i -> RowFactory.create(i, images[i])).toList();
    Path path = folder.resolve("table" + tables++);
    Tables.write(path, "key int, image " + type, 1, rows);
    return new ImageSource.Parquet(path.toString(), "image", "", "key", width, height, 1, 0);
  }

  private static Object[] array(Object... values) {
    return values;
  }
}
