package org.sparkvae.job.data.shards;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * What the executors of a session have for cached blocks.
 *
 * @param executors how many, at least 1
 * @param bytes of heap that Spark may fill with blocks in each of them
 */
record StorageRoom(int executors, long bytes) {

  /** That of the executors there are; more are counted where Spark was asked for a fixed number. */
  static StorageRoom of(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    long offHeap =
        conf.getBoolean("spark.memory.offHeap.enabled", false)
            ? conf.getSizeAsBytes("spark.memory.offHeap.size", "0")
            : 0;
    Map<String, Tuple2<Object, Object>> managers =
        JavaConverters.mapAsJavaMapConverter(spark.sc().getExecutorMemoryStatus()).asJava();
    String driver = SparkEnv.get().blockManager().blockManagerId().hostPort();
    int executors = 0;
    long least = Long.MAX_VALUE;
    for (Map.Entry<String, Tuple2<Object, Object>> manager : managers.entrySet()) {
      if (spark.isLocal() || !manager.getKey().equals(driver)) {
        executors++;
        least = Math.min(least, (Long) manager.getValue()._1() - offHeap);
      }
    }
    if (executors == 0) {
      return new StorageRoom(1, 0);
    }
    return new StorageRoom(Math.max(executors, conf.getInt("spark.executor.instances", 0)), least);
  }
}
