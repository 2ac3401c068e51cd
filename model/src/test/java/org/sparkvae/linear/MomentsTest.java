package org.sparkvae.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MomentsTest {
  /** More than are multiplied together, and not a multiple of that. */
  private static final int IMAGES = 700;

  private static final int VALUES = DrawnImages.VALUES;
  private static final byte[] LEVELS = DrawnImages.levels(IMAGES, 1);

  @Test
  void theCovarianceIsThatOfTheImages() {
    Covariance covariance = DrawnImages.moments(LEVELS).covariance();

    for (int i = 0; i < VALUES; i++) {
      assertThat(covariance.mean()[i]).isCloseTo(mean(i), within(1e-14));
      for (int j = 0; j < VALUES; j++) {
        double expected = 0;
        for (int n = 0; n < IMAGES; n++) {
          expected += (value(n, i) - mean(i)) * (value(n, j) - mean(j)) / IMAGES;
        }
        assertThat(covariance.matrix()[i * VALUES + j]).isCloseTo(expected, within(1e-14));
      }
    }
  }

  @Test
  void ofAValueThatIsAlwaysTheSameNothingIsLeft() {
    Covariance covariance = DrawnImages.moments(LEVELS).covariance();
    int row = DrawnImages.CONSTANT * VALUES;
    assertThat(Arrays.copyOfRange(covariance.matrix(), row, row + VALUES)).containsOnly(0);
  }

  @Test
  void howTheImagesAreDividedDoesNotMatter() {
    Covariance atOnce = DrawnImages.moments(LEVELS).covariance();
    Covariance inParts = part(640, 700).add(part(0, 3)).add(part(3, 640)).covariance();

    assertThat(inParts.matrix()).isEqualTo(atOnce.matrix());
    assertThat(inParts.mean()).isEqualTo(atOnce.mean());
  }

  private static Moments part(int from, int to) {
    return DrawnImages.moments(Arrays.copyOfRange(LEVELS, from * VALUES, to * VALUES));
  }

  private static double value(int image, int i) {
    return (LEVELS[image * VALUES + i] & 0xff) / 255.0;
  }

  private static double mean(int i) {
    double mean = 0;
    for (int n = 0; n < IMAGES; n++) {
      mean += value(n, i) / IMAGES;
    }
    return mean;
  }
}
