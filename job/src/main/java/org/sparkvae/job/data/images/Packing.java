package org.sparkvae.job.data.images;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.compute.ExecutorHeap;

/**
 * How images are packed: so many a block, but no more than fit {@code mostBytes}, with or without
 * their names. What is computed of images does not depend on it.
 *
 * @param blockImages images per block, asked for
 * @param values bytes per image
 * @param mostBytes of pixels and names handled together; bounds a block, and what a task buffers
 * @param names whether images keep theirs
 * @param nameBytes of heap that the name of an image takes; 0 as long as that is not known
 */
public record Packing(int blockImages, int values, int mostBytes, Names names, long nameBytes)
    implements Serializable {
  private static final int MOST_BYTES = 1 << 26;

  /** Of the heap that a task has to itself, the part that is handled together. */
  private static final int PART_OF_HEAP = 16;

  /** Spark looks at what a sort holds after this many pieces. */
  private static final int PIECES_UNSEEN = 32;

  /** Java's serialisation, as Spark sets it, refers to 100 objects that a stream has passed. */
  private static final int OBJECTS_HELD = 128;

  /** What becomes of the images' names, which take far more room than small images. */
  public enum Names {
    /** They are kept, for results that name images. */
    KEPT,
    /** They are left out, where no result names images. */
    LEFT_OUT
  }

  /** Of images without their names. */
  public Packing(int blockImages, int values, int mostBytes) {
    this(blockImages, values, mostBytes, Names.LEFT_OUT, 0);
  }

  /** A packing for tasks that share a heap: a sixteenth of what each has, 64 MiB at most. */
  public static Packing of(JavaSparkContext spark, int blockImages, int values) {
    ExecutorHeap heap = ExecutorHeap.ofTasks(spark);
    long mostBytes = heap.bytes() / heap.slots() / PART_OF_HEAP;
    return new Packing(blockImages, values, (int) Math.min(MOST_BYTES, mostBytes));
  }

  /** The same in blocks so small that a hundred of them may lie in a task's heap. */
  public Packing forStreams() {
    int bytes = Math.max(1, mostBytes / OBJECTS_HELD);
    return new Packing(blockImages, values, bytes, names, nameBytes);
  }

  /** The same, with or without names. */
  public Packing with(Names others) {
    return new Packing(blockImages, values, mostBytes, others, nameBytes);
  }

  /** The same for images whose names take so many bytes of heap each. */
  public Packing withNamesOf(long bytes) {
    return new Packing(blockImages, values, mostBytes, names, bytes);
  }

  /** Images per block: as many as were asked for, or as fit. */
  public int block() {
    return Math.max(1, Math.min(blockImages, fitting(mostBytes)));
  }

  /** Images that travel together, at most. */
  public int piece() {
    return Math.max(1, fitting(mostBytes / PIECES_UNSEEN));
  }

  /** Images per window: whole blocks that a task assembles together. */
  public int window() {
    return block() * Math.max(1, fitting(mostBytes / block()));
  }

  /** Images that so many bytes hold. */
  private int fitting(int bytes) {
    return (int) (bytes / (values + nameBytes));
  }
}
