package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each named block lies in the flat parameter vector. */
public final class ParameterLayout {
  /** What a block is, which says how it is initialised. */
  public enum Kind {
    /** A weight matrix [in, out]. */
    WEIGHT,
    /** A bias or another vector [1, out]. */
    BIAS
  }

  /**
   * A block.
   *
   * @param name dotted, as "encoder.0.weight"
   * @param kind weight or bias
   * @param rows rows, 1 for a bias
   * @param columns columns
   * @param offset of its first value in the flat vector; values follow row by row
   */
  public record Block(String name, Kind kind, int rows, int columns, long offset) {
    /** Values in the block. */
    public long length() {
      return (long) rows * columns;
    }
  }

  private final Map<String, Block> blocks;
  private final long length;

  private ParameterLayout(Map<String, Block> blocks, long length) {
    this.blocks = Collections.unmodifiableMap(blocks);
    this.length = length;
  }

  /** Values in the whole vector. */
  public long length() {
    return length;
  }

  /** The blocks, by offset. */
  public List<Block> blocks() {
    return new ArrayList<>(blocks.values());
  }

  /**
   * The block of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Block block(String name) {
    Block block = blocks.get(name);
    if (block == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + blocks.keySet());
    }
    return block;
  }

  /** Lays blocks out one after the other. */
  public static final class Builder {
    private final Map<String, Block> blocks = new LinkedHashMap<>();
    private long offset;

    /** Adds the weight [in, out] and the bias [1, out] of an affine map. */
    public Builder affine(String name, int in, int out) {
      add(name + ".weight", Kind.WEIGHT, in, out);
      return bias(name + ".bias", out);
    }

    /** Adds a vector. */
    public Builder bias(String name, int length) {
      add(name, Kind.BIAS, 1, length);
      return this;
    }

    private void add(String name, Kind kind, int rows, int columns) {
      Block block = new Block(name, kind, rows, columns, offset);
      if (blocks.put(name, block) != null) {
        throw new IllegalArgumentException("two parameters are named " + name);
      }
      offset += block.length();
    }

    /** The layout so far. */
    public ParameterLayout build() {
      return new ParameterLayout(new LinkedHashMap<>(blocks), offset);
    }
  }
}
