package org.sparkvae.job.checkpoint;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.job.storage.UnwritableException;

/**
 * Writes checkpoints on a thread of its own while training goes on, one at a time and in order.
 *
 * <p>A run that is killed meanwhile goes on from the checkpoint before, to the same end.
 */
public final class CheckpointWriter implements AutoCloseable {
  private final CheckpointStore store;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread writer = new Thread(task, "checkpoint-writer");
            writer.setDaemon(true);
            return writer;
          });
  private Future<?> last;

  /** A writer into a store, which nobody else writes to until it is closed. */
  public CheckpointWriter(CheckpointStore store) {
    this.store = store;
  }

  /**
   * Begins to write a checkpoint, once the one before is there.
   *
   * @param network copied before this returns
   * @throws UnwritableException where the checkpoint before could not be written
   */
  public void save(MultiLayerNetwork network, TrainingState state) {
    await();
    MultiLayerNetwork copy = network.clone();
    last = thread.submit(() -> store.save(copy, state));
  }

  /**
   * Waits until all checkpoints are written.
   *
   * @throws UnwritableException where one could not be
   */
  public void await() {
    if (last == null) {
      return;
    }
    Future<?> write = last;
    last = null;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          write.get();
          return;
        } catch (InterruptedException e) {
          // A checkpoint that was begun is finished: an interruption is for what comes after.
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits for the write that was begun, and gives the thread back.
   *
   * @throws UnwritableException where it failed and nobody has heard of it
   */
  @Override
  public void close() {
    try {
      await();
    } finally {
      thread.shutdown();
    }
  }
}
