package org.sparkvae.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.fixtures.Binned;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.report.drawing.Bins;
import org.sparkvae.job.report.pictures.LikelihoodHistogram;

@ExtendWith(LocalSpark.class)
class LikelihoodSpreadTest {

  private static Dataset<Row> rows(double... values) {
    return LocalSpark.session()
        .createDataset(Arrays.stream(values).boxed().toList(), Encoders.DOUBLE())
        .toDF("log_likelihood")
        .repartition(3)
        .withColumn("bad", col("log_likelihood").lt(-100));
  }

  private static LikelihoodHistogram spread(double... values) {
    return LikelihoodSpread.of(rows(values), values.length, col("bad"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 30, 1_001})
  void binsAreThoseOfTheValuesOneByOne(int images) {
    double[] values = new Random(images).doubles(images, -110, -80).toArray();

    LikelihoodHistogram spread = spread(values);

    Bins expected = Binned.bins(values);
    assertThat(spread.bins().low()).isEqualTo(expected.low());
    assertThat(spread.bins().width()).isEqualTo(expected.width());
    assertThat(spread.bins().counts()).isEqualTo(expected.counts());
    assertThat(spread.images()).isEqualTo(images);
    assertThat(spread.unreliable())
        .isEqualTo(Arrays.stream(values).filter(value -> value < -100).count());
    assertThat(spread.mean())
        .isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1e-12));
  }

  @Test
  void manyImagesAllCount() {
    long images = 100_003;
    Dataset<Row> rows =
        LocalSpark.session()
            .range(0, images, 1, 4)
            .selectExpr("double(id) as log_likelihood", "id % 2 = 1 as bad");

    LikelihoodHistogram spread = LikelihoodSpread.of(rows, images, col("bad"));

    assertThat(spread.images()).isEqualTo(images);
    assertThat(spread.mean()).isEqualTo((images - 1) / 2.0);
    assertThat(spread.unreliable()).isEqualTo(images / 2);
    assertThat(Arrays.stream(spread.bins().counts()).sum()).isEqualTo(images);
  }

  @Test
  void anInfiniteLikelihoodIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> spread(-1, Double.NEGATIVE_INFINITY))
        .withMessage("log-likelihood: the mean log p(x) is -Infinity");
  }
}
