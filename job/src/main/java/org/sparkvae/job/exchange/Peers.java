package org.sparkvae.job.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.reflect.ClassTag$;

/**
 * The tasks of a barrier stage, seen from one of them: it offers them blocks of bytes, waits for
 * them, and fetches theirs.
 *
 * <p>The bytes go from executor to executor, through Spark's own block transfer with its
 * authentication and encryption; the driver only tells the tasks of each other, and when all have
 * arrived. The blocks bear the id of a broadcast variable: when that is destroyed, those that are
 * left go with it.
 */
public final class Peers {
  /** Blocks that are under way to a task at once, so that their buffers stay few. */
  private static final int UNDER_WAY = 8;

  private final BarrierTaskContext task;
  private final Rendezvous rendezvous;
  private final long id;
  private final BlockManager blocks;
  private final List<Address> addresses;

  private Peers(
      BarrierTaskContext task,
      Rendezvous rendezvous,
      long id,
      BlockManager blocks,
      List<Address> addresses) {
    this.task = task;
    this.rendezvous = rendezvous;
    this.id = id;
    this.blocks = blocks;
    this.addresses = addresses;
  }

  /**
   * Meets the others; all tasks of the stage have to.
   *
   * @param id of a broadcast variable that lives longer, as a {@link MeetingPoint} of the same id
   */
  public static Peers meet(BarrierTaskContext task, long id) {
    BlockManager blocks = SparkEnv.get().blockManager();
    Rendezvous rendezvous = new Rendezvous(task, point(id));
    String[] told = rendezvous.meet(Address.of(blocks.blockManagerId()).text());
    return new Peers(
        task, rendezvous, id, blocks, Arrays.stream(told).map(Address::parse).toList());
  }

  /** The name of the point where the tasks meet. */
  public static String point(long id) {
    return "spark-vae-rounds-" + id;
  }

  /** How many there are, this one among them. */
  public int count() {
    return addresses.size();
  }

  /** The number of this one. */
  public int self() {
    return task.partitionId();
  }

  /** Waits until all have come here. */
  public void await() {
    rendezvous.meet("");
  }

  /** Lets the others fetch a block, until it is taken back. */
  public void offer(String name, ByteBuffer bytes) {
    boolean kept =
        blocks.putBytes(
            block(name),
            new ChunkedByteBuffer(bytes),
            StorageLevel.MEMORY_AND_DISK_SER(),
            false,
            ClassTag$.MODULE$.apply(byte[].class));
    if (!kept) {
      throw new IllegalStateException(
          "the executor has no room for %,d bytes of weights, neither in memory nor on its disk"
              .formatted(bytes.limit()));
    }
  }

  /** Takes an offer back, once all who want it have fetched it. */
  public void takeBack(String name) {
    blocks.removeBlock(block(name), false);
  }

  /**
   * Fetches a block from every other one.
   *
   * @param names of the block that each offers, by its number
   * @param reader of its bytes; on several threads
   * @return by number; null for this one
   */
  public <T> List<T> fetch(IntFunction<String> names, Function<ByteBuffer, T> reader) {
    List<CompletableFuture<T>> asked = new ArrayList<>();
    List<T> fetched = new ArrayList<>(Collections.nCopies(count(), null));
    // Each begins with its neighbour, so that not all ask the same one first.
    for (int step = 1; step < count() + UNDER_WAY; step++) {
      if (step < count()) {
        int from = neighbour(step);
        asked.add(ask(from, names.apply(from), reader));
      }
      if (step > UNDER_WAY) {
        int from = neighbour(step - UNDER_WAY);
        fetched.set(from, await(asked.get(step - UNDER_WAY - 1), from));
      }
    }
    return fetched;
  }

  private int neighbour(int step) {
    return (self() + step) % count();
  }

  private <T> CompletableFuture<T> ask(int from, String name, Function<ByteBuffer, T> reader) {
    CompletableFuture<T> block = new CompletableFuture<>();
    Address address = addresses.get(from);
    blocks
        .blockTransferService()
        .fetchBlocks(
            address.host(),
            address.port(),
            address.executor(),
            new String[] {block(name).name()},
            new Fetched<>(block, reader),
            null);
    return block;
  }

  private <T> T await(CompletableFuture<T> block, int from) {
    while (true) {
      try {
        return block.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException onTheWay) {
        task.killTaskIfInterrupted();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", interrupted);
      } catch (ExecutionException failed) {
        throw new IllegalStateException(
            "the weights of shard %d cannot be fetched from executor %s on %s"
                .formatted(from, addresses.get(from).executor(), addresses.get(from).host()),
            failed.getCause());
      }
    }
  }

  private BroadcastBlockId block(String name) {
    return new BroadcastBlockId(id, "stage" + task.stageId() + "_" + name);
  }

  /** Where an executor's blocks are fetched. */
  private record Address(String host, int port, String executor) {
    static Address of(BlockManagerId id) {
      return new Address(id.host(), id.port(), id.executorId());
    }

    String text() {
      return host + " " + port + " " + executor;
    }

    static Address parse(String text) {
      String[] parts = text.split(" ", 3);
      return new Address(parts[0], Integer.parseInt(parts[1]), parts[2]);
    }
  }

  /** Reads a block while its bytes are there. */
  private record Fetched<T>(CompletableFuture<T> result, Function<ByteBuffer, T> reader)
      implements BlockFetchingListener {
    @Override
    public void onBlockFetchSuccess(String block, ManagedBuffer data) {
      try {
        result.complete(reader.apply(data.nioByteBuffer()));
      } catch (Throwable e) { // The task would wait for ever.
        result.completeExceptionally(e);
      }
    }

    @Override
    public void onBlockFetchFailure(String block, Throwable failure) {
      result.completeExceptionally(failure);
    }
  }
}
