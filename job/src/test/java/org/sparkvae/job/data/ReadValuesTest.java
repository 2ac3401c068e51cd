package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.fixtures.DataFixtures.NONE;
import static org.sparkvae.job.fixtures.DataFixtures.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.RawPng;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.Resize;
import org.sparkvae.job.settings.Scale;

/** What is said of values that are probably not what was meant, or certainly. */
@ExtendWith(LocalSpark.class)
class ReadValuesTest {
  @TempDir Path folder;

  private ImageSource numbers(Scale scale, Object... images) {
    List<Row> rows =
        IntStream.range(0, images.length).mapToObj(i -> RowFactory.create(i, images[i])).toList();
    String path = Tables.write(folder.resolve("table"), "key int, image array<double>", 3, rows);
    return new ImageSource.Parquet(path, "image", "", "key", 2, 1, 1, 0, Colour.AUTO, scale);
  }

  private static Object[] image(double first, double second) {
    return new Object[] {first, second};
  }

  private static List<String> warnings(ImageSource source) {
    DataSets sets = DataFixtures.load(source, OnBadImage.FAIL);
    sets.unpersist();
    return sets.findings().warnings();
  }

  private String table() {
    return folder.resolve("table").toString();
  }

  @Test
  void warnsOfConstantImages() {
    assertThat(
            warnings(numbers(Scale.BYTES, image(9, 9), image(200, 200), image(0, 0), image(1, 1))))
        .containsExactly(
            table()
                + ": all 4 training images are constant, each of a single value; see whether"
                + " they are read as they should be");
  }

  @Test
  void warnsOfZerosRatherThanRefuseThem() {
    assertThat(warnings(numbers(Scale.BYTES, image(0, 0), image(0, 0))))
        .containsExactly(
            table()
                + ": all 2 training images are constant, each of a single value; see whether"
                + " they are read as they should be");
  }

  @Test
  void saysNothingWhereOneImageIsNotConstant() {
    assertThat(warnings(numbers(Scale.BYTES, image(0, 0), image(0, 26), image(0, 0)))).isEmpty();
  }

  @Test
  void warnsOfValuesThatKeepWithinATenthOfTheirRange() {
    assertThat(warnings(numbers(Scale.BYTES, image(100, 110.5), image(120, 125))))
        .containsExactly(
            table()
                + ": the values of all training images lie in 100 .. 125, less than a tenth of"
                + " data.train.scale = 0..255; see whether the scale is right");
  }

  @Test
  void measuresTheTenthOnTheScale() {
    assertThat(warnings(numbers(Scale.UNIT, image(0.5, 0.59), image(0.5, 0.5))))
        .containsExactly(
            table()
                + ": the values of all training images lie in 0.5 .. 0.59, less than a tenth of"
                + " data.train.scale = 0..1; see whether the scale is right");
  }

  @Test
  void warnsWhereNothingIsBelowZeroAroundZero() {
    assertThat(warnings(numbers(Scale.SYMMETRIC, image(0, 1), image(0.5, 0.25))))
        .containsExactly(
            table()
                + ": no value of the training images is below 0; see whether data.train.scale is"
                + " 0..1 rather than -1..1");
  }

  @Test
  void namesTheScaleOfTheSourceThatIsWrong() {
    ImageSource test = numbers(Scale.BYTES, image(0, 1), image(1, 0));
    byte[] idx = DataFixtures.idx(DataFixtures.IDX_IMAGES, new int[] {1, 1, 2}, new byte[] {9, 90});
    ImageSource train =
        new ImageSource.Idx(DataFixtures.write(folder.resolve("train"), idx), "", 0);
    ImageLoader loader =
        new ImageLoader(
            LocalSpark.session(), settings(train, NONE, test, 0, 1, OnBadImage.FAIL), 1);
    assertThatThrownBy(loader::load)
        .isInstanceOf(DataException.class)
        .hasMessage(
            table()
                + ": no value is above 1, where data.test.scale = 0..255 means values up to 255;"
                + " set it to 0..1");
  }

  @Test
  void namesTheScaleWhereAllImagesAreLeftOut() {
    ImageSource source = numbers(Scale.BYTES, image(-1, 1), image(0.5, -0.5));
    assertThatThrownBy(() -> DataFixtures.load(source, OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessage(
            table()
                + ": holds no usable image (2 bad images were left out: 2 with values outside their"
                + " scale); the first: "
                + table()
                + ", id 0: value 0 is -1, outside data.train.scale = 0..255; set data.train.scale ="
                + " -1..1 if its values are of that range; name another source");
  }

  @Test
  void refusesFractionsAmongSkippedImages() {
    ImageSource source = numbers(Scale.BYTES, image(0, 1), image(0.5, -0.5), image(1, 0));
    assertThatThrownBy(() -> DataFixtures.load(source, OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no value is above 1, where data.train.scale = 0..255");
  }

  @Test
  void mentionsTheBackgroundWhereTransparencyShowsIt() {
    RawPng ink = new RawPng(2, 1, 8, 6, 0);
    DataFixtures.write(folder.resolve("a.png"), ink.rows(0, 0, 0, 0, 255, 0, 0, 0, 0));
    ImageSource source = new ImageSource.Folder(folder.toString(), "", Colour.GREY, 0);
    assertThat(warnings(source))
        .containsExactly(
            folder
                + ": all 1 training images are constant, each of a single value; see whether"
                + " they are read as they should be; their transparency shows black: set data.background ="
                + " white if the ink is dark");
    DataSets white = DataFixtures.load(source, new Background(255, 255, 255), Resize.NONE);
    assertThat(white.findings().warnings()).isEmpty();
    assertThat(DataFixtures.all(white.train().orElseThrow()).pixels()).containsExactly(0, 255);
    white.unpersist();
  }
}
