package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;

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
  private final List<Block> states;
  private long length;

  /**
   * Of parameters in their order.
   *
   * @param states names of those that no optimiser moves
   */
  ParameterLayout(Collection<Parameter> parameters, Collection<String> states) {
    for (Parameter parameter : parameters) {
      Block block =
          new Block(
              parameter.name(), parameter.start(), parameter.rows(), parameter.columns(), length);
      blocks.put(block.name(), block);
      length += block.length();
    }
    this.states = states.stream().map(blocks::get).toList();
  }

  /** Values in the whole vector. */
  public long length() {
    return length;
  }

  /** The blocks, by offset. */
  public List<Block> blocks() {
    return new ArrayList<>(blocks.values());
  }

  /** The blocks that no optimiser moves: steps of training hand them on. */
  public List<Block> states() {
    return states;
  }

  /**
   * Sets the values that each block starts from.
   *
   * @param seed of the run
   * @param meanImage the mean training image, values in [0, 1]
   * @param vector the flat vector to set
   */
  public void initialise(long seed, float[] meanImage, INDArray vector) {
    Kernels kernels = Kernels.of(vector);
    for (Block block : blocks.values()) {
      INDArray values = FlatVector.part(vector, block.offset(), block.offset() + block.length());
      kernels.copyIn(block.start().values(block, seed, meanImage), values);
    }
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
