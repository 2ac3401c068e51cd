package org.sparkvae.job.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.sparkvae.network.Shape;

class ImageCellTest {
  @Test
  void theTypeIsThatOfSparksImages() {
    assertThat(ImageCell.TYPE.fieldNames()).isEqualTo(ImageSchema.columnSchema().fieldNames());
    for (int i = 1; i < ImageCell.TYPE.size(); i++) {
      assertThat(ImageCell.TYPE.apply(i).dataType())
          .isEqualTo(ImageSchema.columnSchema().apply(i).dataType());
    }
  }

  @Test
  void coloursAreInOpenCvsOrderAndComeBack() {
    float[] values = {0, 1 / 255f, 2 / 255f, 1, 0.5f, 128 / 255f};

    Row cell = ImageCell.of(new Shape(1, 2, 3), values);

    assertThat(cell.getInt(1)).isEqualTo(1);
    assertThat(cell.getInt(2)).isEqualTo(2);
    assertThat(cell.getInt(3)).isEqualTo(3);
    assertThat(cell.getInt(4)).isEqualTo(16);
    assertThat(cell.<byte[]>getAs(5)).containsExactly(2, 1, 0, (byte) 128, (byte) 128, (byte) 255);
    assertThat(ImageCell.values(cell))
        .containsExactly(0, 1 / 255f, 2 / 255f, 1, 128 / 255f, 128 / 255f);
  }

  @Test
  void aLevelIsTheNearestAndAHalfIsRoundedUp() {
    Random random = new Random(1);
    float[] values = new float[30_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.nextAfter((i % 512 - 3) / 510f, random.nextBoolean() ? 2 : -2);
    }
    float[] others = {0.5f / 255, Math.nextDown(0.5f / 255), 0.5f, Float.MIN_VALUE, -0f, 3e38f};
    System.arraycopy(others, 0, values, 0, others.length);
    values[others.length] = Float.NaN;
    values[others.length + 1] = Float.POSITIVE_INFINITY;
    values[others.length + 2] = Float.NEGATIVE_INFINITY;

    byte[] levels = ImageCell.of(new Shape(1, values.length, 1), values).getAs(5);

    for (int i = 0; i < values.length; i++) {
      int nearest = Math.round(255 * Math.min(1, Math.max(0, values[i])));
      assertThat(levels[i]).as("%s", values[i]).isEqualTo((byte) nearest);
    }
  }

  @Test
  void whatLiesOutsideIsBroughtToTheNearestLevel() {
    Row cell = ImageCell.of(new Shape(1, 3, 1), new float[] {-0.5f, 1.5f, 0.3f});

    assertThat(cell.getInt(4)).isZero();
    assertThat(ImageCell.values(cell)).containsExactly(0, 1, 77 / 255f);
  }
}
