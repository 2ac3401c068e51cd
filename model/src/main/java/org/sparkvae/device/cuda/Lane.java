package org.sparkvae.device.cuda;

import static org.sparkvae.device.cuda.Driver.check;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.device.Device;
import org.sparkvae.device.Precision;

/**
 * What a thread asks of a card, in its order: a stream of work, another one for what is done aside
 * while work is recorded, and one for copies to the host.
 */
final class Lane {
  private static final int NON_BLOCKING = 1;
  private static final int THREAD_LOCAL = 1;
  private static final int WITHOUT_TIMES = 2;

  private final Device device;
  private final CuBlasSearch libraries;
  private final Arguments arguments = new Arguments();
  private final Stream main = new Stream();
  private final Stream side = new Stream();
  private final Stream out = new Stream();
  private final Pointer fork = event();
  private final Pointer join = event();
  private final Pointer marked = event();
  private final Pointer fetched = event();
  private Stream current = main;
  private boolean recording;
  private boolean isAside;
  private boolean forked;

  /** A stream and the products that are computed on it. */
  private static final class Stream {
    private final Pointer handle;
    private final Map<Precision, Optional<CuBlas>> products = new EnumMap<>(Precision.class);

    Stream() {
      PointerByReference created = new PointerByReference();
      check(LibCuda.cuStreamCreate(created, NON_BLOCKING), "cuStreamCreate");
      handle = created.getValue();
    }
  }

  /** Of the calling thread, whose context is the card's. */
  Lane(Device device, CuBlasSearch libraries) {
    this.device = device;
    this.libraries = libraries;
  }

  private static Pointer event() {
    PointerByReference created = new PointerByReference();
    check(LibCuda.cuEventCreate(created, WITHOUT_TIMES), "cuEventCreate");
    return created.getValue();
  }

  Pointer stream() {
    return current.handle;
  }

  Arguments arguments() {
    return arguments;
  }

  /**
   * As none may be opened while work is recorded, that of the side stream is opened where the same
   * work is done before.
   */
  Optional<CuBlas> products(Precision precision) {
    open(main, precision);
    if (isAside) {
      open(side, precision);
    }
    return current.products.get(precision);
  }

  private void open(Stream stream, Precision precision) {
    if (!stream.products.containsKey(precision)) {
      stream.products.put(precision, libraries.open(device, stream.handle, precision));
    }
  }

  Device.Mark fetch(List<Device.Transfer> transfers) {
    follow(out, marked);
    for (Device.Transfer transfer : transfers) {
      long bytes = transfer.to().remaining();
      Pointer to = CudaDevice.pointer(transfer.to());
      check(LibCuda.cuMemcpyDtoHAsync_v2(to, transfer.from(), bytes, out.handle), "cuMemcpyDtoH");
    }
    check(LibCuda.cuEventRecord(fetched, out.handle), "cuEventRecord");
    return () -> check(LibCuda.cuEventSynchronize(fetched), "the work");
  }

  /** Has a stream wait for the work so far. */
  private void follow(Stream stream, Pointer event) {
    check(LibCuda.cuEventRecord(event, main.handle), "cuEventRecord");
    check(LibCuda.cuStreamWaitEvent(stream.handle, event, 0), "cuStreamWaitEvent");
  }

  void aside(Runnable work) {
    if (isAside) {
      work.run();
      return;
    }
    isAside = true;
    try {
      if (recording) {
        fork(work);
      } else {
        work.run();
      }
    } finally {
      isAside = false;
    }
  }

  private void fork(Runnable work) {
    follow(side, fork);
    forked = true;
    current = side;
    try {
      work.run();
    } finally {
      current = main;
    }
  }

  /** Records work as a graph that can be launched. */
  Pointer record(Runnable work) {
    Pointer graph = capture(work);
    PointerByReference executable = new PointerByReference();
    int made = LibCuda.cuGraphInstantiateWithFlags(executable, graph, 0);
    int destroyed = LibCuda.cuGraphDestroy(graph);
    check(made, "cuGraphInstantiate");
    check(destroyed, "cuGraphDestroy");
    return executable.getValue();
  }

  private Pointer capture(Runnable work) {
    check(LibCuda.cuStreamBeginCapture_v2(main.handle, THREAD_LOCAL), "cuStreamBeginCapture");
    recording = true;
    PointerByReference graph = new PointerByReference();
    try {
      work.run();
      if (forked) {
        check(LibCuda.cuEventRecord(join, side.handle), "cuEventRecord");
        check(LibCuda.cuStreamWaitEvent(main.handle, join, 0), "cuStreamWaitEvent");
      }
    } catch (RuntimeException | Error e) {
      // This may fail as well, and must not hide why the work did.
      if (end(graph) == 0) {
        LibCuda.cuGraphDestroy(graph.getValue());
      }
      throw e;
    }
    check(end(graph), "cuStreamEndCapture");
    return graph.getValue();
  }

  private int end(PointerByReference graph) {
    recording = false;
    forked = false;
    return LibCuda.cuStreamEndCapture(main.handle, graph);
  }
}
