package org.sparkvae.job.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WayTest {
  private static final float[] FROM = {3, 0, 1};
  private static final float[] TO = {-1, 2, 0.5f};
  private static final int STEPS = 9;
  private static final Offset<Double> CLOSE = within(1e-5);

  @Test
  void aLineIsStraight() {
    float[][] codes = Way.LINE.codes(FROM, TO, STEPS, 1);
    for (int step = 0; step < STEPS; step++) {
      double t = step / 8.0;
      for (int d = 0; d < 3; d++) {
        assertThat((double) codes[step][d]).isCloseTo((1 - t) * FROM[d] + t * TO[d], CLOSE);
      }
    }
  }

  @Test
  void aGreatCircleTurnsAndGrowsEvenly() {
    float[][] codes = Way.GREAT_CIRCLE.codes(FROM, TO, STEPS, 1);
    double whole = angle(FROM, TO);
    for (int step = 0; step < STEPS; step++) {
      double t = step / 8.0;
      double length = (1 - t) * length(FROM) + t * length(TO);
      assertThat(length(codes[step])).isCloseTo(length, CLOSE);
      assertThat(angle(FROM, codes[step])).isCloseTo(t * whole, within(1e-3));
      assertThat(angle(codes[step], TO)).isCloseTo((1 - t) * whole, within(1e-3));
    }
  }

  @Test
  void aGreatCircleOfOppositeCodesOrFromTheOriginIsTheLine() {
    float[] opposite = {-6, 0, -2};
    assertThat(Way.GREAT_CIRCLE.codes(FROM, opposite, 5, 1))
        .isDeepEqualTo(Way.LINE.codes(FROM, opposite, 5, 1));
    float[] origin = new float[3];
    assertThat(Way.GREAT_CIRCLE.codes(origin, TO, 5, 1))
        .isDeepEqualTo(Way.LINE.codes(origin, TO, 5, 1));
  }

  @Test
  void aCircleGoesThroughBothAndCloses() {
    float[][] codes = Way.CIRCLE.codes(FROM, TO, STEPS, 7);
    float[] middle = {1, 1, 0.75f};
    double radius = length(minus(FROM, TO)) / 2;
    for (float[] code : codes) {
      assertThat(length(minus(code, middle))).isCloseTo(radius, CLOSE);
    }
    for (int d = 0; d < 3; d++) {
      assertThat((double) codes[0][d]).isCloseTo(FROM[d], CLOSE);
      assertThat((double) codes[4][d]).isCloseTo(TO[d], CLOSE);
      assertThat((double) codes[8][d]).isCloseTo(FROM[d], CLOSE);
    }
    assertThat(angle(minus(codes[2], middle), minus(FROM, middle)))
        .isCloseTo(Math.PI / 2, within(1e-3));
    assertThat(Way.CIRCLE.codes(FROM, TO, STEPS, 8)[2]).isNotEqualTo(codes[2]);
  }

  @Test
  void aCircleInOneDimensionGoesThereAndBack() {
    float[][] codes = Way.CIRCLE.codes(new float[] {1}, new float[] {3}, 5, 7);
    assertThat(codes[0][0]).isEqualTo(1);
    assertThat((double) codes[1][0]).isCloseTo(2, CLOSE);
    assertThat((double) codes[2][0]).isCloseTo(3, CLOSE);
  }

  private static float[] minus(float[] one, float[] other) {
    return new float[] {one[0] - other[0], one[1] - other[1], one[2] - other[2]};
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += (double) one[d] * other[d];
    }
    return sum;
  }

  private static double length(float[] of) {
    return Math.sqrt(dot(of, of));
  }

  private static double angle(float[] one, float[] other) {
    return Math.acos(Math.min(1, dot(one, other) / length(one) / length(other)));
  }
}
