package org.sparkvae.job.data.shards;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;

/**
 * Shuffles whose streams let go of what has passed. Java's serialisation refers to every object of
 * a stream until it is reset, which Spark has it do after 100 objects: too many where they are
 * large, as each partition of a shuffle has a stream of its own.
 */
public final class StreamedShuffle {
  private static final String RESET = "spark.serializer.objectStreamReset";

  private static final int USUAL_OBJECTS = 100;

  /** Small beside a heap even where two hundred partitions are written side by side. */
  private static final int BYTES_HELD = 1 << 17;

  private StreamedShuffle() {}

  /**
   * Sets how a shuffle of single images writes and reads, as {@link #of} does.
   *
   * @param bytes of an image
   */
  public static <K, V> JavaPairRDD<K, V> ofImages(JavaPairRDD<K, V> shuffled, long bytes) {
    return of(shuffled, (int) Math.max(1, Math.min(USUAL_OBJECTS, BYTES_HELD / bytes)));
  }

  /**
   * Sets how a shuffle writes and reads.
   *
   * @param shuffled what a shuffle gave and nothing has used yet; it is changed
   * @param objects that a stream may refer to
   */
  public static <K, V> JavaPairRDD<K, V> of(JavaPairRDD<K, V> shuffled, int objects) {
    SparkConf conf = shuffled.context().getConf();
    JavaSerializer serializer = new JavaSerializer(conf.set(RESET, Integer.toString(objects)));
    ((ShuffledRDD<?, ?, ?>) shuffled.rdd()).setSerializer(serializer);
    return shuffled;
  }
}
