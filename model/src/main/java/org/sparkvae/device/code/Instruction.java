package org.sparkvae.device.code;

import java.util.List;

/** What a thread does next. */
public sealed interface Instruction {
  /** Kinds of memory. */
  enum Space {
    /** The device's, by 64-bit addresses. */
    GLOBAL,
    /** Of the threads of a block, by places in bytes from 0. */
    SHARED
  }

  /** Which thread of which block it is. */
  enum Place {
    /** Number of the thread in its block. */
    THREAD("%tid.x"),
    /** First number of the block in the grid. */
    BLOCK_X("%ctaid.x"),
    /** Second number of the block in the grid. */
    BLOCK_Y("%ctaid.y"),
    /** Third number of the block in the grid. */
    BLOCK_Z("%ctaid.z");

    private final String ptx;

    Place(String ptx) {
      this.ptx = ptx;
    }

    String ptx() {
      return ptx;
    }
  }

  /** A register is computed of others. */
  record Compute(Arithmetic what, Register to, List<Register> of) implements Instruction {}

  /** A register becomes a number. */
  record Constant(Register to, double value) implements Instruction {}

  /** A register becomes an argument of the launch. */
  record Argument(Register to, int index) implements Instruction {}

  /** A register becomes the thread's place. */
  record Locate(Register to, Place place) implements Instruction {}

  /** A register is read from memory. */
  record Load(Register to, Space space, Type type, Register address) implements Instruction {}

  /** A register is written to memory. */
  record Store(Space space, Type type, Register address, Register value) implements Instruction {}

  /** All threads of the block arrive before any goes on. */
  record Barrier() implements Instruction {}

  /** For counter = from; counter < end; counter += step. */
  record Repeat(
      Register counter, Register from, Register end, Register step, List<Instruction> body)
      implements Instruction {}

  /** Where the predicate is true. */
  record When(Register predicate, List<Instruction> body) implements Instruction {}
}
