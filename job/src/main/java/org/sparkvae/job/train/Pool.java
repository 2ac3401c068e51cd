package org.sparkvae.job.train;

import java.io.Serializable;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Keeps what tasks compute with from one task of this JVM to the next, so that arrays are allocated
 * once and not in every round.
 *
 * <p>An object belongs to one task at a time. It must not matter to a task which object it gets:
 * every task overwrites what it reads.
 */
final class Pool {
  /**
   * What an object is made of; objects of equal keys are interchangeable.
   *
   * @param <T> the object
   */
  interface Key<T> extends Serializable {
    /** A new object. */
    T create();
  }

  private static final ConcurrentMap<Key<?>, Deque<Object>> IDLE = new ConcurrentHashMap<>();

  private Pool() {}

  /** An idle object, or a new one where there is none. */
  static <T> T borrow(Key<T> key) {
    Object idle = IDLE.computeIfAbsent(key, k -> new ConcurrentLinkedDeque<>()).pollFirst();
    if (idle == null) {
      return key.create();
    }
    @SuppressWarnings("unchecked") // only giveBack adds, and takes objects of the key's type
    T object = (T) idle;
    return object;
  }

  /** Returns a borrowed object; it is dropped where its key has been released meanwhile. */
  static <T> void giveBack(Key<T> key, T object) {
    Deque<Object> idle = IDLE.get(key);
    if (idle != null) {
      idle.addFirst(object);
    }
  }

  /** Drops the idle objects of a key, and later those that are on loan. */
  static void release(Key<?> key) {
    IDLE.remove(key);
  }

  /**
   * Drops the idle objects of a key in all JVMs of a Spark application, as far as its tasks reach
   * them.
   */
  static void release(JavaSparkContext spark, Key<?> key) {
    int slots = spark.defaultParallelism();
    List<Integer> tasks = IntStream.range(0, slots).boxed().toList();
    spark.parallelize(tasks, slots).foreach(task -> release(key));
  }

  /** How many objects of a key lie idle. */
  static int idle(Key<?> key) {
    Deque<Object> idle = IDLE.get(key);
    return idle == null ? 0 : idle.size();
  }
}
