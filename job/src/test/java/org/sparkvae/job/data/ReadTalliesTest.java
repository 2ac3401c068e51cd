package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.data.faults.BadImage;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.parquet.DatasetImages;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.ReadTally;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class ReadTalliesTest {

  @Test
  void listsTheFirstOfAllPartitionsAndFewOthers() {
    // Partitions of 6,000 rows; of the first, 100 are bad, and all of the others.
    Dataset<Row> table =
        LocalSpark.session()
            .range(0, 24_000, 1, 4)
            .selectExpr("if(id between 100 and 5999, array(1, 2), null) as image");
    List<ReadTally> tallies = tallies(table);

    assertThat(tallies.stream().map(tally -> tally.bad().count()))
        .containsExactly(100L, 6_000L, 6_000L, 6_000L);
    assertThat(tallies.stream().map(tally -> tally.bad().listed().size()))
        .containsExactly(100, 6_000, 3_900, BadImages.MOST_LISTED / 4);
    BadImages bad = tallies.stream().map(ReadTally::bad).reduce(BadImages.NONE, BadImages::plus);
    assertThat(bad.kinds()).hasToString("18,100 null");
    assertThat(bad.listed().stream().map(BadImage::image))
        .hasSize(BadImages.MOST_LISTED)
        .startsWith("t, row 0 (from 0) of partition 0")
        .endsWith("t, row 3899 (from 0) of partition 2");
  }

  @Test
  void listsAllWhereTheyAreFew() {
    Dataset<Row> table =
        LocalSpark.session()
            .range(0, 16, 1, 4)
            .selectExpr("if(id % 4 = 1, null, array(1, 2)) as image");

    assertThat(tallies(table).stream().map(tally -> tally.bad().listed().get(0).image()))
        .containsExactly(
            "t, row 1 (from 0) of partition 0",
            "t, row 1 (from 0) of partition 1",
            "t, row 1 (from 0) of partition 2",
            "t, row 1 (from 0) of partition 3");
  }

  private static List<ReadTally> tallies(Dataset<Row> table) {
    ImageSource.Parquet source = new ImageSource.Parquet("t", "image", "", "", 2, 1, 1, 0);
    OpenSource opened = DatasetImages.open(table, source, DataFixtures.reading(source));
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    return ReadTallies.of(
        opened.blocks(Packing.of(context, 500, opened.shape().values()), OnBadImage.SKIP));
  }
}
