package org.sparkvae.tensor.formula;

import java.util.List;
import java.util.Map;

/**
 * The arrays that compiled formulas run on.
 *
 * @param code what is computed
 * @param samples of each image
 * @param images of a minibatch
 * @param columns of a row
 * @param operands arrays by the names of operands
 * @param outputs arrays in the order of the code's outputs
 */
public record Frame(
    Code code,
    int samples,
    int images,
    int columns,
    Map<String, Content> operands,
    List<Content> outputs) {
  /** Copies the maps; checks that there is an array for each operand and output. */
  public Frame {
    operands = Map.copyOf(operands);
    outputs = List.copyOf(outputs);
    for (Formula.Operand operand : code.operands().values()) {
      check(operand.name(), operands.get(operand.name()), operand.axes(), samples, images, columns);
    }
    for (int i = 0; i < code.outputs().size(); i++) {
      check("output " + i, outputs.get(i), code.outputs().get(i).axes(), samples, images, columns);
    }
  }

  /** Rows of a value. */
  public int rows() {
    return samples * images;
  }

  private static void check(
      String name, Content content, Axes axes, int samples, int images, int columns) {
    long wanted =
        (axes.variesBySample() ? samples : 1L)
            * (axes.variesByImage() ? images : 1)
            * (axes.variesByColumn() ? columns : 1);
    if (content == null || content.length() != wanted) {
      throw new IllegalArgumentException(
          name
              + " needs an array of "
              + wanted
              + " values, not "
              + (content == null ? "none" : content.length()));
    }
    boolean fits =
        axes == Axes.ROW
            ? content instanceof Content.PerRow
            : content instanceof Content.Array
                || content instanceof Content.Part && axes.variesByImage() && axes.variesByColumn();
    if (!fits) {
      throw new IllegalArgumentException(name + " is in another kind of array than " + axes);
    }
  }
}
