package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each named block lies in the flat parameter vector: one after the other, as recorded. */
public final class ParameterLayout {
  /**
   * A block.
   *
   * @param name dotted, as "encoder.0.weight"
   * @param start what it starts from
   * @param rows rows, 1 for a vector
   * @param columns columns
   * @param offset of its first value in the flat vector; values follow row by row
   */
  public record Block(String name, Start start, int rows, int columns, long offset) {
    /** Values in the block. */
    public long length() {
      return (long) rows * columns;
    }
  }

  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private long length;

  /** Of parameters in their order. */
  ParameterLayout(Collection<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      Block block =
          new Block(
              parameter.name(), parameter.start(), parameter.rows(), parameter.columns(), length);
      blocks.put(block.name(), block);
      length += block.length();
    }
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
}
