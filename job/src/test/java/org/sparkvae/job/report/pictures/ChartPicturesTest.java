package org.sparkvae.job.report.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTimes;
import org.sparkvae.job.checkpoint.EpochWork;
import org.sparkvae.job.checkpoint.GradientMeasure;
import org.sparkvae.job.checkpoint.GradientMeasure.Kind;
import org.sparkvae.job.fixtures.Binned;
import org.sparkvae.job.fixtures.Epochs;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.Style;

class ChartPicturesTest {
  private static final Color FILL = new Color(0xB3D4E8);

  @Test
  void theCurveShowsTrainingAndWhereThereIsOneValidation() {
    BufferedImage with = new TrainingCurve(epochs(20, -100)).draw();
    BufferedImage without = new TrainingCurve(epochs(20, Double.NaN)).draw();

    assertThat(with.getWidth()).isEqualTo(Style.WIDTH);
    assertThat(Pixels.count(with, Style.FIRST)).isGreaterThan(5_000);
    assertThat(Pixels.count(with, Style.SECOND)).isGreaterThan(2_000);
    assertThat(Pixels.count(without, Style.FIRST)).isGreaterThan(5_000);
    assertThat(Pixels.count(without, Style.SECOND)).isZero();
  }

  @Test
  void everyCurveIsALineOfItsColour() {
    double[] x = {0, 1, 2};
    Curves.Line falling = new Curves.Line("falling", x, new double[] {2, 1, 0});
    Curves.Line flat = new Curves.Line("flat", x, new double[] {1.5, 1.5, 1.5});

    BufferedImage drawn =
        new Curves("c.png", "Title", List.of("x", "y"), List.of(falling, flat)).draw();

    assertThat(Pixels.count(drawn, Style.FIRST, 150, 160, 300, 250)).isGreaterThan(500);
    assertThat(Pixels.count(drawn, Style.FIRST, 150, 600, 300, 300)).isZero();
    assertThat(Pixels.count(drawn, Style.SECOND, 1200, 160, 300, 300)).isGreaterThan(500);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Curves(
                    "c.png",
                    "Title",
                    List.of("x", "y"),
                    List.of(new Curves.Line("gone", x, new double[] {1, Double.NaN, 0}))))
        .withMessage("c.png: a value is not finite");
  }

  @Test
  void anAxisThatCountsHasNoTicksBetweenWholeNumbers() {
    assertThat(spacing(1, 2)).isEqualTo(ChartStyle.wholeTicks(Style.WIDTH - 80, 2.014));
    assertThat(spacing(0, 1)).isEqualTo(spacing(0, 0.5)).isLessThan(spacing(1, 2));
  }

  /** Pixels that ticks of the axis to the right are wanted apart. */
  private static int spacing(double... x) {
    Curves.Line line = new Curves.Line("line", x, new double[x.length]);
    return new Curves("c.png", "Title", List.of("x", "y"), List.of(line))
        .chart()
        .getStyler()
        .getXAxisTickMarkSpacingHint();
  }

  @Test
  void barsAreAsLongAsTheirValues() {
    BufferedImage drawn =
        new Bars(
                "b.png",
                "Title",
                "units",
                0,
                List.of(new Bars.Bar("one", 10), new Bars.Bar("two", 5), new Bars.Bar("none", 0)))
            .draw();

    long longest = Pixels.count(drawn, Style.FIRST, 0, 140, Style.WIDTH, 40);
    assertThat(longest).isGreaterThan(40L * 1000);
    assertThat(Pixels.count(drawn, Style.FIRST, 0, 204, Style.WIDTH, 40))
        .isBetween(longest / 2 - 40, longest / 2 + 40);
    assertThat(Pixels.count(drawn, Style.FIRST, 0, 268, Style.WIDTH, 40)).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bars("b.png", "Title", "units", 0, List.of(new Bars.Bar("one", -1))));
  }

  @Test
  void theNoiseOfGradientsIsALineAnEstimatorInBothPanes() {
    List<EpochRecord> epochs = new ArrayList<>();
    for (EpochRecord epoch : epochs(6, Double.NaN)) {
      Map<String, Double> one = noise("reparameterised", 0.1 * epoch.epoch(), 2);
      epochs.add(epoch.with(one).with(noise("score-function", 300, 0.02)));
    }

    BufferedImage drawn = new GradientVariance(epochs).draw();

    for (int pane : new int[] {80, 660}) {
      assertThat(Pixels.count(drawn, Style.FIRST, 100, pane, 1000, 400)).isGreaterThan(2_000);
      assertThat(Pixels.count(drawn, Style.SECOND, 100, pane, 1000, 400)).isGreaterThan(2_000);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientVariance(epochs(3, Double.NaN)))
        .withMessage("gradient-variance: there are no epochs to draw");
  }

  @Test
  void withoutAnEncoderTheNoiseOfTheDecodersGradientsIsDrawn() {
    List<EpochRecord> epochs =
        epochs(6, Double.NaN).stream()
            .map(epoch -> epoch.with(noise("reparameterised", "decoder", epoch.epoch(), 2)))
            .toList();

    BufferedImage drawn = new GradientVariance(epochs).draw();

    for (int pane : new int[] {80, 660}) {
      assertThat(Pixels.count(drawn, Style.FIRST, 100, pane, 1000, 400)).isGreaterThan(2_000);
    }
  }

  private static Map<String, Double> noise(String estimator, double variance, double snr) {
    return noise(estimator, "encoder", variance, snr);
  }

  private static Map<String, Double> noise(
      String estimator, String part, double variance, double snr) {
    return Map.of(
        new GradientMeasure(estimator, part, Kind.VARIANCE).name(), variance,
        new GradientMeasure(estimator, part, Kind.SNR).name(), snr);
  }

  @Test
  void aWarmUpIsALineOfItsOwnThroughTheEpochsOfOtherWeight() {
    List<EpochRecord> epochs = new ArrayList<>(epochs(20, Double.NaN));
    BufferedImage without = new TrainingCurve(epochs).draw();
    for (int epoch = 1; epoch <= 5; epoch++) {
      epochs.set(epoch - 1, Epochs.warming(epoch, -120, 20, epoch / 6.0, Double.NaN));
    }

    BufferedImage drawn = new TrainingCurve(epochs).draw();

    assertThat(Pixels.count(without, Style.THIRD)).isZero();
    assertThat(Pixels.count(drawn, Style.THIRD, 100, 80, 500, 600)).isGreaterThan(300);
    assertThat(Pixels.count(drawn, Style.THIRD, 900, 80, 500, 300)).isZero();
  }

  @Test
  void validationAtSomeEpochsOnlyIsALineThroughThose() {
    List<EpochRecord> epochs = new ArrayList<>(epochs(9, Double.NaN));
    epochs.set(1, Epochs.of(2, -80, 20, -105));
    epochs.set(7, Epochs.of(8, -80, 20, -95));

    BufferedImage drawn = new TrainingCurve(epochs).draw();

    // Halfway, at epoch 5, there is no validation, but the line from epoch 2 to 8 passes.
    assertThat(Pixels.count(drawn, Style.SECOND, 950, 100, 60, 540)).isPositive();
    assertThat(Pixels.count(drawn, Style.SECOND, 160, 100, 100, 400)).isZero();
  }

  @Test
  void oneEpochIsADotAboveItsNumber() {
    BufferedImage drawn = new TrainingCurve(List.of(Epochs.of(1, -120, 15, Double.NaN))).draw();

    long dots = Pixels.count(drawn, Style.FIRST);
    assertThat(dots).isBetween(3 * 40L, 3 * 120L);
    assertThat(Pixels.count(drawn, Style.FIRST, 900, 80, 120, 500)).isBetween(40L, 120L);
  }

  @Test
  void partsThatAreNotFiniteLeaveTheirPaneEmpty() {
    EpochRecord broken = Epochs.of(1, -100, Double.POSITIVE_INFINITY, Double.NaN);
    EpochRecord bound =
        new EpochRecord(
            1,
            Epochs.measures(-100, -100, -100, Double.NaN, broken.measure("kl")),
            1,
            1e-3,
            Double.NaN,
            new EpochWork(1, 1, 1),
            new EpochTimes(1, 0, 1, 0));

    BufferedImage drawn = new TrainingCurve(List.of(bound)).draw();

    assertThat(Pixels.count(drawn, Style.FIRST)).isBetween(40L, 120L);
  }

  @Test
  void whatIsNoBoundIsALineUnderItsOwnName() {
    EpochRecord epoch =
        new EpochRecord(
            1,
            Map.of("weighted_objective", -90.0, "reconstruction", -80.0, "kl", 20.0),
            1,
            1e-3,
            -95,
            new EpochWork(1, 1, 1),
            new EpochTimes(1, 0, 1, 0));

    BufferedImage drawn = new TrainingCurve(List.of(epoch)).draw();

    assertThat(Pixels.count(drawn, Style.FIRST, 0, 80, 1800, 620)).isZero();
    assertThat(Pixels.count(drawn, Style.SECOND, 0, 80, 1800, 620)).isPositive();
    assertThat(Pixels.count(drawn, Style.THIRD, 0, 80, 1800, 620)).isPositive();
  }

  @Test
  void gapsStandUponEachOtherFromTheLeastLikelyImage() {
    double[] likelihoods = {-50, -90, -70};
    BufferedImage drawn =
        new BoundGaps(likelihoods, new double[] {1, 4, 2}, new double[] {1, 4, -0.1}).draw();

    Color lower = Style.FIRST;
    Color upper = new Color(0xE69F00);
    assertThat(drawn.getWidth()).isEqualTo(Style.WIDTH);
    assertThat(Pixels.count(drawn, lower, 200, 150, 300, 700)).isBetween(90_000L, 130_000L);
    assertThat(Pixels.count(drawn, upper, 200, 150, 300, 700)).isBetween(60_000L, 110_000L);
    assertThat(Pixels.count(drawn, lower, 750, 150, 300, 700)).isBetween(30_000L, 60_000L);
    assertThat(Pixels.count(drawn, upper, 750, 150, 300, 700)).isZero();
    assertThat(Pixels.count(drawn, upper, 1350, 150, 300, 700)).isBetween(15_000L, 30_000L);
  }

  @Test
  void gapsOfNothingAndOfWhatIsNoNumberAreRefused() {
    double[] none = {};
    double[] one = {1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BoundGaps(none, none, none))
        .withMessage("tightness: there are no images to draw");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BoundGaps(one, new double[] {Double.NaN}, one))
        .withMessage("tightness: a value is not finite");
    assertThat(
            Pixels.count(
                new BoundGaps(one, new double[] {0}, new double[] {0}).draw(),
                Style.FIRST,
                0,
                150,
                1800,
                600))
        .isZero();
  }

  @Test
  void noEpochsAndNoBoundAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingCurve(List.of()))
        .withMessage("training: there are no epochs to draw");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingCurve(List.of(Epochs.of(1, Double.NaN, 1, -1))));
    EpochRecord weightedAlone =
        new EpochRecord(
            1,
            Epochs.measures(Double.NaN, -90, -90, -80, 20),
            0.5,
            1e-3,
            Double.NaN,
            new EpochWork(1, 1, 1),
            new EpochTimes(1, 0, 1, 0));
    assertThat(Pixels.count(new TrainingCurve(List.of(weightedAlone)).draw(), Style.THIRD))
        .isPositive();
  }

  @Test
  void theHistogramFillsAsManyPixelsAsThereAreImages() {
    // 30 images in the lower half, 10 in the upper: areas of 3 to 1.
    double[] values =
        IntStream.range(0, 40)
            .mapToDouble(i -> i < 30 ? -100 + i / 30.0 : -90 - i / 40.0)
            .toArray();

    BufferedImage drawn = Binned.histogram(values).draw();

    int middle = drawn.getWidth() / 2 + 40;
    long left = Pixels.count(drawn, FILL, 0, 0, middle, drawn.getHeight());
    long right = Pixels.count(drawn, FILL, middle, 0, drawn.getWidth() - middle, drawn.getHeight());
    assertThat((double) left / right).isBetween(2.6, 3.4);
  }

  @Test
  void theMeanIsMarkedWhereItIs() {
    // Symmetric about -50, so that the mean's line stands in the middle of the plot.
    double[] values = IntStream.range(0, 101).mapToDouble(i -> -i).toArray();

    BufferedImage drawn = Binned.histogram(values).draw();

    int[] columns =
        IntStream.range(0, drawn.getWidth())
            .filter(
                x -> Pixels.count(drawn, Style.SECOND, x, 100, 1, drawn.getHeight() - 100) > 300)
            .toArray();
    assertThat(columns.length).isBetween(2, 6);
    long left = Pixels.count(drawn, FILL, 0, 0, columns[0], drawn.getHeight());
    int after = columns[columns.length - 1] + 1;
    long right = Pixels.count(drawn, FILL, after, 0, drawn.getWidth() - after, drawn.getHeight());
    assertThat((double) left / right).isBetween(0.97, 1.03);
  }

  @Test
  void equalLikelihoodsAreOneBar() {
    BufferedImage drawn = Binned.histogram(-90, -90, -90).draw();

    assertThat(Pixels.count(drawn, FILL)).isGreaterThan(10_000);
  }

  @Test
  void noLikelihoodsAndInfiniteOnesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LikelihoodHistogram(Binned.bins(-1), 0, -1, 0))
        .withMessage("log-likelihood: there are no values to draw");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LikelihoodHistogram(Binned.bins(-1), 1, Double.NEGATIVE_INFINITY, 0))
        .withMessage("log-likelihood: the mean log p(x) is -Infinity");
  }

  @Test
  void everyLabelHasItsColourInTheLegend() {
    BufferedImage drawn = means(10, 10);

    for (Color colour : Style.LABELS) {
      // Points are translucent: what is opaque is the legend's dot, 22 pixels across.
      assertThat(Pixels.count(drawn, colour)).isBetween(300L, 400L);
    }
  }

  @Test
  void oneLabelAndNoneHaveNoLegend() {
    BufferedImage one = means(1, 1);
    BufferedImage ten = means(10, 10);

    assertThat(one.getWidth()).isLessThan(ten.getWidth());
    assertThat(Pixels.count(one, Style.LABELS.get(0))).isZero();
    assertThat(Pixels.count(one, Style.PAPER)).isLessThan((long) one.getWidth() * one.getHeight());
  }

  @Test
  void moreLabelsThanColoursAreGatheredInTheLast() {
    BufferedImage drawn = means(40, 12);

    assertThat(Pixels.count(drawn, Style.LABELS.get(9))).isBetween(300L, 400L);
  }

  @Test
  void pointsStandWhereTheirMeansAre() {
    float[][] means = {{-1, 1}, {1, 1}, {1, -1}};
    BufferedImage drawn = new LatentMeans(means, new int[] {-1, -1, -1}, Map.of()).draw();

    List<int[]> dots = new ArrayList<>();
    for (int y = 0; y < drawn.getHeight(); y++) {
      for (int x = 0; x < drawn.getWidth(); x++) {
        Color colour = new Color(drawn.getRGB(x, y));
        if (colour.getBlue() > colour.getGreen() + 40) {
          dots.add(new int[] {x, y});
        }
      }
    }
    int middleX =
        (dots.stream().mapToInt(d -> d[0]).min().orElseThrow()
                + dots.stream().mapToInt(d -> d[0]).max().orElseThrow())
            / 2;
    int middleY =
        (dots.stream().mapToInt(d -> d[1]).min().orElseThrow()
                + dots.stream().mapToInt(d -> d[1]).max().orElseThrow())
            / 2;
    long upperRight = dots.stream().filter(d -> d[0] > middleX && d[1] < middleY).count();
    long lowerLeft = dots.stream().filter(d -> d[0] < middleX && d[1] > middleY).count();
    assertThat(upperRight).isPositive();
    assertThat(lowerLeft).isZero();
  }

  @Test
  void meansOutsideAPlaneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentMeans(new float[][] {{1, 2, 3}}, new int[1], Map.of()))
        .withMessage("latent-means: a point has 3 dimensions, not 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentMeans(new float[][] {{1, 2}}, new int[2], Map.of()))
        .withMessage("1 points, but 2 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentMeans(new float[0][], new int[0], Map.of()));
  }

  private static List<EpochRecord> epochs(int count, double validation) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(e -> Epochs.of(e, -80 - 50.0 / e, 25 - 10.0 / e, validation - 50.0 / e))
        .toList();
  }

  private static BufferedImage means(int points, int labels) {
    float[][] means = new float[points][];
    int[] label = new int[points];
    for (int i = 0; i < points; i++) {
      means[i] = new float[] {(float) Math.cos(i), (float) Math.sin(i)};
      label[i] = i % labels;
    }
    return new LatentMeans(means, label, Map.of()).draw();
  }
}
