package org.sparkvae.job.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkvae.network.Shape;

class MissingPixelsTest {
  private static final Shape SHAPE = new Shape(3, 4, 1);

  private static String picture(MissingPixels missing, Shape shape, byte[] mask) {
    StringBuilder picture = new StringBuilder();
    boolean[] pixels = missing.of(shape, mask, 7);
    for (int i = 0; i < pixels.length; i++) {
      picture.append(i > 0 && i % shape.width() == 0 ? " " : "").append(pixels[i] ? "x" : ".");
    }
    return picture.toString();
  }

  @Test
  void halvesLeaveTheMiddle() {
    assertThat(picture(new Half(Half.Side.UPPER), SHAPE, null)).isEqualTo("xxxx .... ....");
    assertThat(picture(new Half(Half.Side.LOWER), SHAPE, null)).isEqualTo(".... .... xxxx");
    assertThat(picture(new Half(Half.Side.LEFT), SHAPE, null)).isEqualTo("xx.. xx.. xx..");
    assertThat(picture(new Half(Half.Side.RIGHT), SHAPE, null)).isEqualTo("..xx ..xx ..xx");
  }

  @Test
  void aBlockIsWhereItIsToldOrRefused() {
    assertThat(picture(new Block(1, 2, 3, 1), SHAPE, null)).isEqualTo(".... .... .xxx");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block(2, 0, 3, 1).of(SHAPE, null, 7))
        .withMessage("a block of 3 x 1 pixels at (2, 0) does not lie in it");
    assertThat(new Block(1, 2, 3, 1).misfit(SHAPE)).isEmpty();
    assertThat(new Block(2, 0, 3, 1).misfit(SHAPE)).isPresent();
  }

  @Test
  void aMaskIsTakenPixelByPixelOrRefused() {
    byte[] mask = {0, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, -1};
    assertThat(picture(new Column("holes"), SHAPE, mask)).isEqualTo(".x.. x... ...x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Column("holes").of(SHAPE, new byte[5], 7))
        .withMessage("the column holes holds 5 values for its 12 pixels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Column("holes").of(SHAPE, null, 7))
        .withMessage("the column holes holds nothing for its 12 pixels");
  }

  @Test
  void aFractionIsMissingAtRandom() {
    Shape large = new Shape(200, 200, 3);
    boolean[] pixels = new AtRandom(0.3).of(large, null, 5);
    int missing = 0;
    for (boolean pixel : pixels) {
      missing += pixel ? 1 : 0;
    }
    assertThat(pixels).hasSize(40_000);
    // Four standard deviations.
    assertThat(missing / 40_000.0).isCloseTo(0.3, within(0.0092));
    assertThat(new AtRandom(1).of(large, null, 5)).doesNotContain(false);
  }
}
