package org.sparkvae.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.sparkvae.device.code.Block;
import org.sparkvae.device.code.Kernel;

/**
 * A device that runs kernels instruction by instruction in Java, and fails at whatever a card would
 * answer with garbage: addresses outside of memory, memory that is not there any more or was never
 * written, threads and blocks that race, work that cannot be recorded.
 *
 * <p>Work is done at once, that of one thread after that of another. What is recorded is not done,
 * but kept.
 */
public final class SimulatedDevice implements Device {
  private record Sound(Kernel kernel) implements Loaded {}

  /** Addresses of one device are no addresses of another. */
  private static final AtomicLong DEVICES = new AtomicLong();

  private static final long ADDRESSES = 1L << 40;

  /** Bytes of a kernel's parameters since compute capability 7.0. */
  private static final int MOST_PARAMETERS = 32764;

  /** Bytes of a block's memory on every card. */
  private static final int MOST_SHARED = 48 << 10;

  private final TreeMap<Long, Allocation> allocations = new TreeMap<>();
  private final Map<Kernel, Sound> loaded = new HashMap<>();
  private final Inherited<SimulatedLane> lanes = new Inherited<>(SimulatedLane::new);
  private final long capacity;
  private final long ofHost;
  private long next = ADDRESSES * DEVICES.incrementAndGet();
  private long used;
  private long usedOfHost;
  private int launches;
  private int replays;
  private int recordings;
  private int inARow;
  private int moments;
  private SimulatedProducts library;

  /** A device of so many bytes. */
  public SimulatedDevice(long capacity) {
    this(capacity, Long.MAX_VALUE);
  }

  /** A device of so many bytes, whose host has so many that copies reach without a detour. */
  public SimulatedDevice(long capacity, long ofHost) {
    this.capacity = capacity;
    this.ofHost = ofHost;
  }

  /** Has products by a library from now on, with factors of that precision only. */
  public SimulatedProducts addLibrary(Precision precision) {
    library = new SimulatedProducts(this, precision);
    return library;
  }

  /** Bytes that are allocated. */
  public synchronized long used() {
    return used;
  }

  /** Launches of kernels and of recorded work so far, that of recorded kernels left out. */
  public synchronized int launches() {
    return launches;
  }

  /** Launches of recorded work so far. */
  public synchronized int replays() {
    return replays;
  }

  /** How much recorded work was not freed. */
  public synchronized int recordings() {
    return recordings;
  }

  /** How much was recorded so far that waits for what was recorded before it. */
  public synchronized int inARow() {
    return inARow;
  }

  /** The kernels that were loaded. */
  public synchronized Set<Kernel> kernels() {
    return Set.copyOf(loaded.keySet());
  }

  @Override
  public Object lane() {
    return mine();
  }

  private SimulatedLane mine() {
    return lanes.get();
  }

  @Override
  public synchronized long allocate(long bytes) {
    requireNotRecording("an allocation");
    if (used + bytes > capacity) {
      throw new DeviceMemoryException(bytes, capacity - used, describe());
    }
    long address = next;
    // A gap, so that what runs over the end meets no neighbour.
    next += (bytes + 1023) / 512 * 512;
    allocations.put(address, new Allocation(address, Math.toIntExact(bytes)));
    used += bytes;
    return address;
  }

  @Override
  public synchronized long available() {
    return capacity - used;
  }

  @Override
  public synchronized void free(long address) {
    requireNotRecording("freeing memory");
    Allocation freed = allocations.remove(address);
    if (freed == null) {
      throw new DeviceException("freed twice or never allocated: " + address);
    }
    used -= freed.bytes().capacity();
  }

  @Override
  public synchronized ByteBuffer allocateHost(int bytes) {
    requireNotRecording("an allocation");
    if (usedOfHost + bytes > ofHost) {
      throw new DeviceException("the host has not %d bytes more".formatted(bytes));
    }
    usedOfHost += bytes;
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    long address = MemoryAddress.of(memory);
    allocations.put(address, new Allocation(address, memory));
    return memory;
  }

  @Override
  public long address(ByteBuffer host) {
    return MemoryAddress.of(host);
  }

  /** Counts beginnings and barriers of blocks. */
  public synchronized int tick() {
    return moments++;
  }

  /** The allocation that holds so many bytes from an address on. */
  public synchronized Allocation at(long address, long bytes) {
    Map.Entry<Long, Allocation> below = allocations.floorEntry(address);
    if (below == null || !below.getValue().holds(address, bytes)) {
      throw new DeviceException("%d bytes at %d are in no allocation".formatted(bytes, address));
    }
    return below.getValue();
  }

  @Override
  public void copyIn(ByteBuffer from, long to) {
    ByteBuffer host = host(from);
    then(() -> at(to, host.remaining()).write(to, host.duplicate()));
  }

  @Override
  public void copyOut(long from, ByteBuffer to) {
    ByteBuffer host = host(to);
    then(() -> at(from, host.remaining()).read(from, host.duplicate()));
  }

  private static ByteBuffer host(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new DeviceException("a buffer of the host is on the heap");
    }
    return buffer.duplicate();
  }

  @Override
  public void copy(long from, long to, long bytes) {
    then(
        () -> {
          ByteBuffer between = ByteBuffer.allocate((int) bytes);
          at(from, bytes).read(from, between);
          at(to, bytes).write(to, between.flip());
        });
  }

  @Override
  public void copyFrom(Device other, long from, long to, long bytes) {
    requireNotRecording("a copy from another device");
    if (other == this) {
      throw new DeviceException("a copy from the device itself");
    }
    ByteBuffer between = ((SimulatedDevice) other).read(from, bytes);
    then(() -> at(to, bytes).write(to, between));
  }

  private synchronized ByteBuffer read(long from, long bytes) {
    ByteBuffer content = ByteBuffer.allocate((int) bytes);
    at(from, bytes).read(from, content);
    return content.flip();
  }

  @Override
  public void clear(long from, long bytes) {
    then(() -> at(from, bytes).write(from, ByteBuffer.allocate((int) bytes)));
  }

  @Override
  public synchronized Loaded load(Kernel kernel) {
    requireNotRecording("compiling " + kernel.name());
    long parameters =
        kernel.parameters().stream().mapToLong(type -> Math.max(8, type.bytes())).sum();
    if (parameters > MOST_PARAMETERS || kernel.sharedBytes() > MOST_SHARED) {
      throw new DeviceException(
          kernel.name() + ": more parameters or shared memory than cards have");
    }
    return loaded.computeIfAbsent(kernel, Sound::new);
  }

  @Override
  public void launch(Loaded kernel, Grid grid, Object... arguments) {
    if (grid.y() > Grid.MOST_ACROSS || grid.z() > Grid.MOST_ACROSS) {
      throw new DeviceException("more blocks than cards take: " + grid);
    }
    Object[] copy = arguments.clone();
    if (!mine().isRecording()) {
      count();
    }
    then(() -> new Block(this, ((Sound) kernel).kernel(), copy).run(grid));
  }

  @Override
  public Optional<Products> products(Precision precision) {
    if (library != null) {
      mine().open(precision);
    }
    return Optional.ofNullable(library);
  }

  @Override
  public Mark fetch(List<Transfer> transfers) {
    requireNotRecording("fetching");
    List<Runnable> arrivals = new ArrayList<>();
    for (Transfer transfer : transfers) {
      ByteBuffer host = host(transfer.to());
      ByteBuffer between = ByteBuffer.allocate(host.remaining());
      at(transfer.from(), host.remaining()).read(transfer.from(), between);
      arrivals.add(() -> host.duplicate().put(between.flip()));
    }
    // As late as it may be: where it goes must still be free.
    return () -> arrivals.forEach(Runnable::run);
  }

  private synchronized void count() {
    launches++;
  }

  @Override
  public void aside(Runnable work) {
    mine().aside(work);
  }

  @Override
  public void finish() {
    requireNotRecording("waiting");
  }

  @Override
  public Recorded record(Runnable work) {
    requireNotRecording("recording");
    return keep(mine().record(work));
  }

  private synchronized Recorded keep(SimulatedLane.Record record) {
    recordings++;
    inARow += record.inOrder().size();
    List<Runnable> work = new ArrayList<>(record.inOrder());
    work.addAll(record.aside());
    return new Graph(work);
  }

  /** Recorded work. */
  private final class Graph implements Recorded {
    private List<Runnable> work;

    Graph(List<Runnable> work) {
      this.work = work;
    }

    @Override
    public void launch() {
      synchronized (SimulatedDevice.this) {
        if (work == null) {
          throw new DeviceException("a launch of recorded work that was freed");
        }
        launches++;
        replays++;
        work.forEach(Runnable::run);
      }
    }

    @Override
    public void free() {
      requireNotRecording("freeing recorded work");
      synchronized (SimulatedDevice.this) {
        if (work == null) {
          throw new DeviceException("recorded work is freed twice");
        }
        work = null;
        recordings--;
      }
    }
  }

  /** Does work at once, or as often as what is being recorded is launched. */
  void then(Runnable work) {
    if (mine().isRecording()) {
      mine().add(work);
      return;
    }
    synchronized (this) {
      work.run();
    }
  }

  private void requireNotRecording(String what) {
    if (mine().isRecording()) {
      throw new DeviceException(what + " while work is recorded");
    }
  }

  @Override
  public String describe() {
    return "a simulated GPU";
  }
}
