package org.sparkvae.job.train.worker;

import java.io.Serializable;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.scheduling.EveryProcess;

/**
 * Keeps what tasks compute with from one task of this JVM to the next, so that arrays are allocated
 * once and not in every round.
 *
 * <p>An object belongs to one task at a time, which alone changes it. It must not matter to a task
 * which object it gets: every task overwrites what it reads. Objects whose arrays lie on different
 * GPUs are kept apart.
 */
public final class Pool {
  /**
   * What an object is made of; objects of equal keys are interchangeable.
   *
   * @param <T> the object
   */
  interface Key<T> extends Serializable {
    T create();
  }

  private static final ConcurrentMap<Place, Deque<Object>> IDLE = new ConcurrentHashMap<>();

  private Pool() {}

  /** Lends an object to work; where that fails, what comes of it is not what is told. */
  public static <T, R> R lend(Key<T> key, Function<T, R> work) {
    T object = borrow(key);
    R result;
    try {
      result = work.apply(object);
    } catch (RuntimeException | Error e) {
      try {
        giveBack(key, object);
      } catch (RuntimeException after) {
        e.addSuppressed(after);
      }
      throw e;
    }
    giveBack(key, object);
    return result;
  }

  /** An idle object of the task's GPU, or a new one where there is none. */
  public static <T> T borrow(Key<T> key) {
    Object idle = IDLE.computeIfAbsent(place(key), k -> new ConcurrentLinkedDeque<>()).pollFirst();
    if (idle == null) {
      return key.create();
    }
    @SuppressWarnings("unchecked") // only giveBack adds, and takes objects of the key's type
    T object = (T) idle;
    return object;
  }

  /** Returns a borrowed object; it is dropped where its key has been released meanwhile. */
  public static <T> void giveBack(Key<T> key, T object) {
    ComputeNode.finish();
    Deque<Object> idle = IDLE.get(place(key));
    if (idle != null) {
      idle.addFirst(object);
    }
  }

  /** Drops the idle objects of a key, and later those that are on loan. */
  public static void release(Key<?> key) {
    IDLE.keySet().removeIf(place -> place.key().equals(key));
  }

  /**
   * Drops the idle objects of a key in all JVMs of a Spark application, as far as its tasks reach
   * them.
   */
  public static void release(JavaSparkContext spark, Key<?> key) {
    EveryProcess.run(spark, task -> release(key));
  }

  /** How many objects of a key lie idle. */
  static int idle(Key<?> key) {
    return IDLE.entrySet().stream()
        .filter(entry -> entry.getKey().key().equals(key))
        .mapToInt(entry -> entry.getValue().size())
        .sum();
  }

  private static Place place(Key<?> key) {
    return new Place(key, ComputeNode.bind());
  }

  /** Where objects of a key have their arrays. */
  private record Place(Key<?> key, int device) {}
}
