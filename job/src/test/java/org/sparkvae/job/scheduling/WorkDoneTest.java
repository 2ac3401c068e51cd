package org.sparkvae.job.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.fixtures.LocalSpark;

@ExtendWith(LocalSpark.class)
class WorkDoneTest {
  @Test
  void tasksThatAreRunAgainCountOnce() {
    SparkContext spark = LocalSpark.session().sparkContext();
    WorkDone done = new WorkDone();
    spark.register(done);
    JavaRDD<Integer> work =
        new JavaSparkContext(spark)
            .parallelize(IntStream.rangeClosed(1, 10).boxed().toList(), 3)
            .map(
                i -> {
                  done.add((long) i);
                  return i;
                });

    assertThat(done.value()).isZero();
    work.count();
    assertThat(done.value()).isEqualTo(55);
    work.count();
    assertThat(done.value()).isEqualTo(55);
  }
}
