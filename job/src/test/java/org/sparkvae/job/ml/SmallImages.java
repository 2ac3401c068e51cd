package org.sparkvae.job.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.fixtures.Tables;

/** Images of 4 x 4 pixels, of which one half is bright: the left one where the label is 1. */
public final class SmallImages {
  static final int SIDE = 4;
  static final int PIXELS = SIDE * SIDE;

  private SmallImages() {}

  /** Levels of each image and, behind them, the label. */
  private static List<int[]> images(int count) {
    Random random = new Random(1);
    List<int[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] image = new int[PIXELS + 1];
      boolean left = random.nextBoolean();
      for (int p = 0; p < PIXELS; p++) {
        image[p] = (p % SIDE < SIDE / 2) == left ? 200 + random.nextInt(56) : random.nextInt(30);
      }
      image[PIXELS] = left ? 1 : 0;
      images.add(image);
    }
    return images;
  }

  /** Columns id, label, and features as flat arrays of levels. */
  static Dataset<Row> arrays(int count) {
    return dataset(
        count,
        new StructType()
            .add("id", DataTypes.LongType)
            .add("label", DataTypes.DoubleType)
            .add("features", DataTypes.createArrayType(DataTypes.IntegerType)),
        image -> levels(image).boxed().toArray());
  }

  /** The same as vectors. */
  public static Dataset<Row> vectors(int count) {
    return dataset(
        count,
        new StructType()
            .add("id", DataTypes.LongType)
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType()),
        image -> Vectors.dense(levels(image).asDoubleStream().toArray()));
  }

  /** The same as Spark's image structs. */
  static Dataset<Row> structs(int count) {
    return dataset(
        count,
        StructType.fromDDL("id bigint, label double, features " + Tables.IMAGE),
        image -> Tables.struct(SIDE, SIDE, 1, 0, levels(image).toArray()));
  }

  private static IntStream levels(int[] image) {
    return IntStream.range(0, PIXELS).map(p -> image[p]);
  }

  private static Dataset<Row> dataset(
      int count, StructType schema, Function<int[], Object> features) {
    List<Row> rows = new ArrayList<>();
    for (int[] image : images(count)) {
      rows.add(
          RowFactory.create((long) rows.size(), (double) image[PIXELS], features.apply(image)));
    }
    return SparkSession.active().createDataFrame(rows, schema).coalesce(2);
  }

  /** An estimator of a tiny model, which trains for an epoch. */
  public static VaeEstimator estimator() {
    return new VaeEstimator()
        .setImageWidth(SIDE)
        .setImageHeight(SIDE)
        .setLatentDim(2)
        .setHidden(8)
        .setEpochs(1)
        .setBatchSize(10)
        .setShards(2)
        .setSamples(30)
        .setSettings("training.averaging.every = 2, report.pictures = false");
  }
}
