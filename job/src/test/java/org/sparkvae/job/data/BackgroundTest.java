package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.RawPng;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.Resize;

/** A value v of alpha a over a background b is round((a v + (255 - a) b) / 255). */
@ExtendWith(LocalSpark.class)
class BackgroundTest {
  private static final Background WHITE = new Background(255, 255, 255);
  private static final Background ODD = new Background(10, 20, 40);

  @TempDir Path folder;

  private ImageSource png(int colourType, Colour colour, int... row) {
    RawPng png = new RawPng(2, 1, 8, colourType, 0);
    write(folder.resolve("a.png"), png.rows(row));
    return new ImageSource.Folder(folder.toString(), "", colour, 0);
  }

  private static int[] over(Background background, ImageSource source) {
    DataSets sets = DataFixtures.load(source, background, Resize.NONE);
    byte[] pixels = DataFixtures.all(sets.train().orElseThrow()).pixels();
    sets.unpersist();
    return IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xff).toArray();
  }

  @Test
  void showsThroughRgbWithAlpha() {
    ImageSource source = png(6, Colour.AUTO, 0, 200, 100, 50, 128, 9, 9, 9, 0);
    assertThat(over(Background.BLACK, source)).containsExactly(100, 50, 25, 0, 0, 0);
    // 200 * 128 / 255 + 255 * 127 / 255 = 227.4, and so on.
    assertThat(over(WHITE, source)).containsExactly(227, 177, 152, 255, 255, 255);
    assertThat(over(ODD, source)).containsExactly(105, 60, 45, 10, 20, 40);
  }

  @Test
  void showsThroughGreyWithAlpha() {
    ImageSource source = png(4, Colour.AUTO, 0, 0, 64, 0, 255);
    assertThat(over(Background.BLACK, source)).containsExactly(0, 0);
    assertThat(over(WHITE, source)).containsExactly(191, 0);
    // 0 over a colour is of that colour's luma, 0.299 * 7 + 0.587 * 15 + 0.114 * 30 = 14.3.
    assertThat(over(ODD, source)).containsExactly(14, 0);
  }

  @Test
  void showsThroughAPalette() {
    RawPng png = new RawPng(2, 1, 8, RawPng.PALETTE, 0);
    png.chunk("PLTE", new byte[] {0, 0, 0, 100, 100, 100});
    png.chunk("tRNS", new byte[] {51, (byte) 255});
    write(folder.resolve("a.png"), png.rows(0, 0, 1));
    ImageSource source = new ImageSource.Folder(folder.toString(), "", Colour.AUTO, 0);
    assertThat(over(Background.BLACK, source)).containsExactly(0, 100);
    assertThat(over(WHITE, source)).containsExactly(204, 100);
  }

  @Test
  void showsThroughImageStructs() {
    String path =
        Tables.write(
            folder.resolve("table"),
            "image " + Tables.IMAGE,
            1,
            List.of(RowFactory.create(Tables.struct(1, 1, 4, 24, 50, 100, 200, 128))));
    ImageSource source = new ImageSource.Parquet(path, "image", "", "", 0, 0, 1, 0);
    assertThat(over(Background.BLACK, source)).containsExactly(100, 50, 25);
    assertThat(over(WHITE, source)).containsExactly(227, 177, 152);
  }
}
