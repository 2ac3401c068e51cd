package org.sparkvae.device.code;

import java.util.Arrays;
import java.util.List;
import org.sparkvae.device.Allocation;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Moment;
import org.sparkvae.device.SimulatedDevice;

/**
 * The threads of a block of a simulated device, which take every instruction together: those that
 * are at another place wait.
 *
 * <p>Threads that touch the same memory between two barriers race, where one of them writes, and so
 * do blocks that touch the same memory of the device.
 */
public final class Block {
  private final SimulatedDevice device;
  private final Kernel kernel;
  private final Object[] arguments;
  private final int threads;
  private final Registers registers;
  private final ThreadArithmetic arithmetic;
  private final SharedBytes shared;
  private final boolean[] all;
  private int blockX;
  private int blockY;
  private int blockZ;
  private Allocation last;
  private Moment now;

  /** A block of a kernel. */
  public Block(SimulatedDevice device, Kernel kernel, Object... arguments) {
    this.device = device;
    this.kernel = kernel;
    this.arguments = arguments;
    threads = kernel.threads();
    registers = new Registers(kernel);
    arithmetic = new ThreadArithmetic(registers, threads);
    shared = new SharedBytes(kernel.sharedBytes());
    all = new boolean[threads];
    Arrays.fill(all, true);
    if (arguments.length != kernel.parameters().size()) {
      throw new DeviceException(kernel.name() + ": " + arguments.length + " arguments");
    }
  }

  /** All blocks of a grid, one after the other. */
  public void run(Device.Grid grid) {
    int launch = device.tick();
    for (blockZ = 0; blockZ < grid.z(); blockZ++) {
      for (blockY = 0; blockY < grid.y(); blockY++) {
        for (blockX = 0; blockX < grid.x(); blockX++) {
          int block = device.tick();
          now = new Moment(launch, block, block);
          shared.begin();
          run(kernel.body(), all);
        }
      }
    }
  }

  private void run(List<Instruction> instructions, boolean[] active) {
    for (Instruction instruction : instructions) {
      if (instruction instanceof Instruction.Repeat repeat) {
        repeat(repeat, active);
      } else if (instruction instanceof Instruction.When when) {
        when(when, active);
      } else {
        try {
          run(instruction, active);
        } catch (DeviceException e) {
          throw new DeviceException(kernel.name() + ", " + instruction + ": " + e.getMessage());
        }
      }
    }
  }

  private void run(Instruction instruction, boolean[] active) {
    if (instruction instanceof Instruction.Compute compute) {
      arithmetic.compute(compute, active);
    } else if (instruction instanceof Instruction.Constant constant) {
      registers.fill(constant.to(), constant.value(), active);
    } else if (instruction instanceof Instruction.Argument argument) {
      registers.fill(argument.to(), (Number) arguments[argument.index()], active);
    } else if (instruction instanceof Instruction.Locate locate) {
      locate(locate, active);
    } else if (instruction instanceof Instruction.Load load) {
      load(load, active);
    } else if (instruction instanceof Instruction.Store store) {
      store(store, active);
    } else {
      barrier(active);
    }
  }

  private void barrier(boolean[] active) {
    if (!Arrays.equals(active, all)) {
      throw new DeviceException("a barrier that some threads never reach");
    }
    now = new Moment(now.launch(), now.block(), device.tick());
    shared.meet();
  }

  private void when(Instruction.When when, boolean[] active) {
    boolean[] inside = active.clone();
    for (int t = 0; t < threads; t++) {
      inside[t] &= registers.isTrue(when.predicate(), t);
    }
    if (any(inside)) {
      run(when.body(), inside);
    }
  }

  private void repeat(Instruction.Repeat repeat, boolean[] active) {
    arithmetic.compute(
        new Instruction.Compute(Arithmetic.MOVE, repeat.counter(), List.of(repeat.from())), active);
    boolean[] inside = active.clone();
    while (true) {
      for (int t = 0; t < threads; t++) {
        inside[t] &= registers.integer(repeat.counter(), t) < registers.integer(repeat.end(), t);
      }
      if (!any(inside)) {
        return;
      }
      run(repeat.body(), inside);
      arithmetic.compute(
          new Instruction.Compute(
              Arithmetic.ADD, repeat.counter(), List.of(repeat.counter(), repeat.step())),
          inside);
    }
  }

  private static boolean any(boolean[] active) {
    for (boolean one : active) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  private void locate(Instruction.Locate locate, boolean[] active) {
    for (int t = 0; t < threads; t++) {
      if (active[t]) {
        int place =
            switch (locate.place()) {
              case THREAD -> t;
              case BLOCK_X -> blockX;
              case BLOCK_Y -> blockY;
              case BLOCK_Z -> blockZ;
            };
        registers.set(locate.to(), t, place);
      }
    }
  }

  private void load(Instruction.Load load, boolean[] active) {
    int size = load.type().bytes();
    for (int t = 0; t < threads; t++) {
      if (!active[t]) {
        continue;
      }
      if (load.space() == Instruction.Space.SHARED) {
        int at = shared.toRead(registers.integer(load.address(), t), size, t);
        registers.read(load.to(), t, shared.bytes(), at, load.type());
      } else {
        long address = registers.address(load.address(), t);
        int at = allocation(address, size).toRead(address, size, now, t);
        registers.read(load.to(), t, last.bytes(), at, load.type());
      }
    }
  }

  private void store(Instruction.Store store, boolean[] active) {
    int size = store.type().bytes();
    for (int t = 0; t < threads; t++) {
      if (!active[t]) {
        continue;
      }
      if (store.space() == Instruction.Space.SHARED) {
        int at = shared.toWrite(registers.integer(store.address(), t), size, t);
        registers.write(store.value(), t, shared.bytes(), at, store.type());
      } else {
        long address = registers.address(store.address(), t);
        int at = allocation(address, size).toWrite(address, size, now, t);
        registers.write(store.value(), t, last.bytes(), at, store.type());
      }
    }
  }

  private Allocation allocation(long address, int size) {
    if (last == null || !last.holds(address, size)) {
      last = device.at(address, size);
    }
    return last;
  }
}
