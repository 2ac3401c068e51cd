package org.sparkvae.job.report.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.Style;

class ImagePicturesTest {
  private static final ImageShape GREY = new ImageShape(5, 4, 1);
  private static final ImageShape RGB = new ImageShape(4, 3, 3);

  private static ImageSheet samples(ImageShape shape, float[][] images) {
    return new ImageSheet("samples.png", "Samples", shape, images);
  }

  private static DecodedPlane plane(ImageShape shape, float[][] axes, float[][] decoded) {
    return new DecodedPlane("manifold.png", "Decoded", shape, List.of("z1", "z2"), axes, decoded);
  }

  @Test
  void everyImageAndItsReconstructionStandAtTheirPlaces() {
    float[][] all = Pixels.images(24, GREY.values());
    float[][] images = Arrays.copyOfRange(all, 0, 12);
    float[][] rebuilt = Arrays.copyOfRange(all, 12, 24);
    Reconstructions picture = new Reconstructions(GREY, "Images", images, rebuilt);

    BufferedImage drawn = picture.draw();

    ImageGrid grid = picture.grid();
    ImageGrid below = grid.withTop(grid.top() + grid.imageHeight() + 4);
    assertThat(grid.columns()).isEqualTo(10);
    for (int i = 0; i < 12; i++) {
      assertThat(Pixels.cell(drawn, grid, i)).isEqualTo(Pixels.levels(i, GREY.values()));
      assertThat(Pixels.cell(drawn, below, i)).isEqualTo(Pixels.levels(12 + i, GREY.values()));
    }
  }

  @Test
  void theMostProbableImageStandsBelowItsMean() {
    MostProbable picture =
        new MostProbable(new ImageShape(1, 1, 1), new float[][] {{0.2f}, {0.5f}, {0.7f}});

    BufferedImage drawn = picture.draw();

    ImageGrid grid = picture.grid();
    ImageGrid below = grid.withTop(grid.top() + grid.imageHeight() + 4);
    assertThat(picture.fileName()).isEqualTo("most-probable.png");
    assertThat(IntStream.range(0, 3).map(i -> Pixels.cell(drawn, grid, i)[0]))
        .containsExactly(51, 128, 179);
    assertThat(IntStream.range(0, 3).map(i -> Pixels.cell(drawn, below, i)[0]))
        .containsExactly(0, 255, 255);
  }

  @Test
  void coloursAreRedGreenBlueInnermost() {
    ImageSheet picture = samples(RGB, Pixels.images(3, RGB.values()));

    BufferedImage drawn = picture.draw();

    assertThat(Pixels.cell(drawn, picture.grid(), 2)).isEqualTo(Pixels.levels(2, RGB.values()));
    int x = picture.grid().x(0);
    int y = picture.grid().y(0);
    assertThat(new Color(drawn.getRGB(x, y))).isEqualTo(new Color(0, 1, 2));
  }

  @Test
  void samplesFillRowsOfTen() {
    ImageSheet picture = samples(GREY, Pixels.images(60, GREY.values()));

    BufferedImage drawn = picture.draw();

    assertThat(picture.grid().columns()).isEqualTo(10);
    assertThat(picture.grid().rows(60)).isEqualTo(6);
    assertThat(Pixels.cell(drawn, picture.grid(), 59)).isEqualTo(Pixels.levels(59, 20));
    assertThat(drawn.getWidth()).isEqualTo(picture.grid().right() + Style.MARGIN);
    assertThat(drawn.getHeight()).isEqualTo(picture.grid().bottom(6) + Style.MARGIN);
  }

  @Test
  void blocksStandBelowEachOtherAStripAKind() {
    float[][] all = Pixels.images(9, GREY.values());
    ImageBlocks picture =
        new ImageBlocks(
            "runs",
            "Samples",
            GREY,
            List.of(
                new ImageBlocks.Block(
                    "one",
                    List.of(
                        new ImageBlocks.Strip("mean", List.of(all[0], all[1], all[2])),
                        new ImageBlocks.Strip("draw", List.of(all[3], all[4], all[5])))),
                new ImageBlocks.Block(
                    "other",
                    List.of(new ImageBlocks.Strip("mean", List.of(all[6], all[7], all[8]))))));

    BufferedImage drawn = picture.draw();

    for (int i = 0; i < 9; i++) {
      ImageGrid grid = picture.grid(i / 6);
      assertThat(grid.columns()).isEqualTo(3);
      assertThat(Pixels.cell(drawn, grid, i % 6)).isEqualTo(Pixels.levels(i, GREY.values()));
    }
    assertThat(picture.grid(1).top()).isGreaterThan(picture.grid(0).bottom(2) + 40);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageBlocks("runs", "Samples", GREY, List.of()))
        .withMessage("runs: there are no images to draw");
  }

  @Test
  void rowsOfSharedLayersStandBelowEachOther() {
    float[][] all = Pixels.images(50, GREY.values());
    Layers picture =
        new Layers(GREY, List.of(Arrays.copyOfRange(all, 0, 20), Arrays.copyOfRange(all, 20, 50)));

    BufferedImage drawn = picture.draw();

    for (int i = 0; i < 50; i++) {
      int section = i < 20 ? 0 : 1;
      ImageGrid grid = picture.grid(section);
      assertThat(grid.columns()).isEqualTo(Layers.IN_A_ROW);
      assertThat(Pixels.cell(drawn, grid, i - 20 * section))
          .isEqualTo(Pixels.levels(i, GREY.values()));
    }
    assertThat(picture.grid(1).top()).isGreaterThan(picture.grid(0).bottom(2));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Layers(GREY, Collections.singletonList(Arrays.copyOfRange(all, 0, 15))))
        .withMessage("15 images, not rows of 10 each");
  }

  /** Wide images: the first ones of each row, so that a row still shares its layers. */
  @Test
  void fewerImagesOfARowAreThoseOfTheSameRow() {
    ImageShape wide = new ImageShape(700, 2, 1);
    Layers picture = new Layers(wide, Collections.singletonList(Pixels.images(20, wide.values())));

    BufferedImage drawn = picture.draw();

    ImageGrid grid = picture.grid(0);
    assertThat(grid.columns()).isEqualTo(2);
    assertThat(Pixels.cell(drawn, grid, 1)).isEqualTo(Pixels.levels(1, wide.values()));
    assertThat(Pixels.cell(drawn, grid, 2)).isEqualTo(Pixels.levels(10, wide.values()));
  }

  @Test
  void wideImagesAreShownWholeInFewerColumns() {
    ImageShape wide = new ImageShape(700, 2, 1);
    ImageSheet picture = samples(wide, Pixels.images(3, wide.values()));

    BufferedImage drawn = picture.draw();

    assertThat(picture.grid().columns()).isEqualTo(2);
    assertThat(Pixels.cell(drawn, picture.grid(), 2)).isEqualTo(Pixels.levels(2, wide.values()));
  }

  /** Of 1 x 800 pixels, of 1 x 300, and the largest there are. */
  @ParameterizedTest
  @CsvSource({"1, 800", "1, 300", "3, 4096", "700, 700", "4096, 4096"})
  void picturesOfTallImagesStayOfASizeThatCanBeLookedAt(int width, int height) {
    ImageShape tall = new ImageShape(width, height, 1);
    float[] image = new float[tall.values()];
    float[][] twenty = Collections.nCopies(20, image).toArray(float[][]::new);
    float[][] sixty = Collections.nCopies(60, image).toArray(float[][]::new);
    float[][] all = Collections.nCopies(400, image).toArray(float[][]::new);
    List<ScoredImage> scored = Collections.nCopies(20, new ScoredImage("#7", -200, true, image));

    ImageGrid sheet = samples(tall, sixty).grid();
    ImageGrid pairs = new Reconstructions(tall, "Images", twenty, twenty).grid();
    ImageGrid layers = new Layers(tall, Collections.nCopies(2, twenty)).grid(1);
    ImageGrid extremes = new Extremes(tall, scored, scored, 1000).grid();
    ImageGrid manifold = plane(tall, new float[2][20], all).layout();

    assertThat(sheet.bottom(sheet.rows(60))).isLessThan(4800);
    assertThat(pairs.bottom(pairs.rows(20))).isLessThan(4800);
    assertThat(layers.bottom(2)).isLessThan(4800);
    assertThat(2 * extremes.bottom(extremes.rows(20))).isLessThan(6000);
    assertThat(manifold.bottom(20)).isLessThan(7000);
    assertThat(Stream.of(sheet, pairs, layers, extremes))
        .allSatisfy(grid -> assertThat(grid.sheetWidth()).isLessThan(2000));
    assertThat(manifold.sheetWidth()).isLessThan(7000);
  }

  @Test
  void stripsOfTallImagesStayOfASizeThatCanBeLookedAt() {
    ImageShape tall = new ImageShape(2, 1000, 1);
    List<float[]> strip = Collections.nCopies(10, new float[tall.values()]);
    ImageStrips picture =
        new ImageStrips("strips", "Strips", List.of(), tall, Collections.nCopies(10, strip));

    assertThat(picture.draw().getHeight()).isBetween(3000, 4500);
  }

  @Test
  void aShrunkImageIsOfMeans() {
    ImageShape tall = new ImageShape(1, 4001, 1);
    float[] image = new float[4001];
    Arrays.fill(image, 0, 2, 1f);
    image[4000] = 0.4f;
    ImageSheet picture = samples(tall, new float[][] {image});

    BufferedImage drawn = picture.draw();

    ImageGrid grid = picture.grid();
    assertThat(grid.scale()).isEqualTo(new ImageGrid.Scale(1, 2));
    assertThat(IntStream.of(0, 1, 2000).map(y -> drawn.getRGB(grid.x(0), grid.y(0) + y) & 0xFF))
        .containsExactly(255, 0, 102);
  }

  @Test
  void constantImagesAndValuesOutOfRangeAreDrawnAsTheyAre() {
    float[][] constants = {{0.5f}, {-3f}, {7f}, {Float.NaN}};
    ImageSheet picture = samples(new ImageShape(1, 1, 1), constants);

    BufferedImage drawn = picture.draw();

    assertThat(IntStream.range(0, 4).map(i -> Pixels.cell(drawn, picture.grid(), i)[0]))
        .containsExactly(128, 0, 255, 0);
  }

  @Test
  void outliersStandAboveTheMostLikelyWithTextUnderEach() {
    float[][] images = Pixels.images(6, GREY.values());
    List<ScoredImage> least =
        List.of(
            new ScoredImage("#7", -200, true, images[0]),
            new ScoredImage("#8", -150, true, images[1]));
    List<ScoredImage> most = List.of(new ScoredImage("#9", -40, true, images[2]));
    Extremes picture = new Extremes(GREY, least, most, 1000);

    BufferedImage drawn = picture.draw();

    ImageGrid grid = picture.grid();
    assertThat(picture.fileName()).isEqualTo("outliers.png");
    assertThat(Pixels.cell(drawn, grid, 0)).isEqualTo(Pixels.levels(0, GREY.values()));
    assertThat(Pixels.cell(drawn, grid, 1)).isEqualTo(Pixels.levels(1, GREY.values()));
    ImageGrid lower = grid.withTop(grid.bottom(1) + 120);
    assertThat(Pixels.cell(drawn, lower, 0)).isEqualTo(Pixels.levels(2, GREY.values()));
    int under = grid.y(0) + grid.imageHeight() + 1;
    assertThat(Pixels.count(drawn, Style.INK, grid.x(1), under, grid.imageWidth(), 30))
        .isPositive();
    assertThat(Pixels.count(drawn, Style.PAPER, lower.x(1), lower.y(0), grid.imageWidth(), 60))
        .isEqualTo(60L * grid.imageWidth());
  }

  @Test
  void aLikelihoodWhoseErrorIsNotKnownIsMarked() {
    float[] image = Pixels.images(1, GREY.values())[0];
    Extremes trusted = extremes(new ScoredImage("#7", -200, true, image));
    Extremes unsure = extremes(new ScoredImage("#7", -200, false, image));
    ImageGrid grid = trusted.grid();
    int under = grid.y(0) + grid.imageHeight() + 1;

    assertThat(ink(unsure, Style.INK, grid.x(0), under, grid.imageWidth(), 30))
        .isGreaterThan(ink(trusted, Style.INK, grid.x(0), under, grid.imageWidth(), 30));
    assertThat(ink(unsure, Style.FAINT_INK, 0, 0, grid.sheetWidth(), grid.y(0)))
        .isGreaterThan(ink(trusted, Style.FAINT_INK, 0, 0, grid.sheetWidth(), grid.y(0)));
  }

  private static Extremes extremes(ScoredImage image) {
    return new Extremes(GREY, List.of(image), List.of(image), 1);
  }

  private static long ink(Extremes picture, Color colour, int x, int y, int width, int height) {
    return Pixels.count(picture.draw(), colour, x, y, width, height);
  }

  @Test
  void whatIsWrittenUnderAndOverNarrowImagesStandsApart() {
    ImageShape narrow = new ImageShape(2, 400, 1);
    float[] image = new float[narrow.values()];
    List<ScoredImage> two =
        Collections.nCopies(2, new ScoredImage("a long name.png", -123456.8, false, image));
    Extremes picture = new Extremes(narrow, two, two, 1000);

    ImageGrid grid = picture.grid();
    BufferedImage drawn = picture.draw();

    int between = (grid.x(0) + grid.x(1) + grid.imageWidth()) / 2;
    int under = grid.y(0) + grid.imageHeight();
    assertThat(Pixels.count(drawn, Style.PAPER, between - 2, under, 4, 60)).isEqualTo(4L * 60);
    Canvas canvas = new Canvas(9, 9);
    int end = grid.left() + canvas.width("Least likely of 1,000 test images", Style.TITLE) + 2;
    assertThat(Pixels.count(drawn, Style.PAPER, end, 0, 20, grid.y(0))).isEqualTo(20L * grid.y(0));
  }

  @Test
  void aLongNameEndsUnderItsImage() {
    float[][] images = Pixels.images(2, GREY.values());
    List<ScoredImage> two =
        List.of(
            new ScoredImage(
                "/a/very/long/path/to/\uD83D\uDE42/an image.png", -200, true, images[0]),
            new ScoredImage("#8", -150, true, images[1]));
    Extremes picture = new Extremes(GREY, two, two, 2);

    ImageGrid grid = picture.grid();
    BufferedImage drawn = picture.draw();

    int under = grid.y(0) + grid.imageHeight() + 32;
    int end = grid.x(0) + grid.imageWidth() + 1;
    assertThat(Pixels.count(drawn, Style.FAINT_INK, grid.x(0), under, grid.imageWidth(), 30))
        .isPositive();
    assertThat(Pixels.count(drawn, Style.PAPER, end, under, grid.x(1) - end, 30))
        .isEqualTo(30L * (grid.x(1) - end));
    Canvas canvas = new Canvas(9, 9);
    assertThat(canvas.end("abc", Style.SMALL, 999)).isEqualTo("abc");
    assertThat(canvas.end("\uD83D\uDE42", Style.SMALL, 0)).isEqualTo("\u2026");
    assertThat(canvas.end("a".repeat(99) + "b", Style.SMALL, canvas.width("\u2026ab", Style.SMALL)))
        .isEqualTo("\u2026ab");
  }

  @Test
  void theManifoldsImagesTouchAndRiseWithTheLatentValues() {
    DecodedPlane picture = plane(GREY, new float[2][3], Pixels.images(9, GREY.values()));

    BufferedImage drawn = picture.draw();

    ImageGrid grid = picture.layout();
    assertThat(grid.x(1)).isEqualTo(grid.x(0) + grid.imageWidth());
    for (int i = 0; i < 9; i++) {
      assertThat(Pixels.cell(drawn, grid, i)).isEqualTo(Pixels.levels(i, GREY.values()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, 4, 5, 600",
    "3, 96, 32, 576",
    "20, 96, 96, 96",
    "20, 224, 224, 224",
    "100, 28, 28, 28",
    "100, 96, 96, 48",
    "100, 224, 32, 56"
  })
  void aPlaneHasAsManyColumnsAsItsAxisHasSteps(int side, int width, int height, int drawn) {
    ImageShape shape = new ImageShape(width, height, 1);
    float[][] images = new float[side * side][];
    Arrays.fill(images, new float[shape.values()]);

    ImageGrid grid = plane(shape, new float[2][side], images).layout();

    assertThat(grid.columns()).isEqualTo(side);
    assertThat(grid.imageWidth()).isEqualTo(drawn);
    assertThat(grid.right() - grid.left()).isEqualTo(side * drawn).isLessThanOrEqualTo(6800);
  }

  @Test
  void theValuesOfANarrowPlaneAreToldApart() {
    float[][] images = Pixels.images(4, GREY.values());
    float[][] narrow = {{0.01f, 0.02f}, {0.01f, 0.02f}};

    DecodedPlane picture = plane(GREY, narrow, images);

    BufferedImage zeros = plane(GREY, new float[2][2], images).draw();
    BufferedImage drawn = picture.draw();
    ImageGrid grid = picture.layout();
    int below = grid.bottom(2) + 1;
    long inked = Pixels.count(drawn, Style.PAPER, grid.left(), below, grid.imageWidth(), 40);
    assertThat(inked)
        .isLessThan(Pixels.count(zeros, Style.PAPER, grid.left(), below, grid.imageWidth(), 40));
  }

  @Test
  void theManifoldsPointsRiseToTheRightAndUpwards() {
    float[][] points = DecodedPlane.grid(new float[][] {{1, 2, 3}, {-4, 5, 6}});

    assertThat(points)
        .isDeepEqualTo(
            new float[][] {
              {1, 6}, {2, 6}, {3, 6}, {1, 5}, {2, 5}, {3, 5}, {1, -4}, {2, -4}, {3, -4}
            });
  }

  @Test
  void aPictureIsWrittenAsPngPixelByPixelAndTheStreamStaysOpen() throws IOException {
    ImageSheet picture = samples(RGB, Pixels.images(2, RGB.values()));
    boolean[] closed = {false};
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    picture.writeTo(out);

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    BufferedImage drawn = picture.draw();
    assertThat(closed[0]).isFalse();
    assertThat(read.getWidth()).isEqualTo(drawn.getWidth());
    for (int y = 0; y < drawn.getHeight(); y++) {
      for (int x = 0; x < drawn.getWidth(); x++) {
        assertThat(read.getRGB(x, y)).isEqualTo(drawn.getRGB(x, y));
      }
    }
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    float[][] none = {};
    float[][] one = Pixels.images(1, GREY.values());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> samples(GREY, none))
        .withMessage("samples.png: there are no images to draw");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> samples(RGB, one))
        .withMessage("samples.png: an image has 20 values, not 36");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reconstructions(GREY, "Images", one, Pixels.images(2, 20)))
        .withMessage("1 images, but 2 reconstructions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plane(GREY, new float[2][2], one))
        .withMessage("1 images, not 2 x 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Extremes(GREY, List.of(), List.of(), 0))
        .withMessage("outliers: there are no images to draw");
  }
}
