package org.sparkvae.step;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The blocks of a parameter vector that no optimiser moves. A player sets their gradient to the
 * values of the next step: these are taken, and the gradient becomes 0, so that neither a norm of
 * it nor an optimiser knows of them.
 */
public final class States {
  /** A block in both vectors. */
  private record State(INDArray values, INDArray next) {}

  private final Kernels kernels;
  private final List<State> states;

  /**
   * Those of a layout.
   *
   * @param parameters the flat parameter vector
   * @param gradient the flat gradient vector
   */
  public States(ParameterLayout layout, INDArray parameters, INDArray gradient) {
    kernels = Kernels.of(parameters);
    states =
        layout.states().stream()
            .map(block -> new State(part(parameters, block), part(gradient, block)))
            .toList();
  }

  private static INDArray part(INDArray vector, ParameterLayout.Block block) {
    return FlatVector.part(vector, block.offset(), block.offset() + block.length());
  }

  /**
   * Takes the next values, after a player has set its gradient and before a step is taken by it.
   */
  public void take() {
    for (State state : states) {
      kernels.copy(state.next(), state.values());
      kernels.clear(state.next());
    }
  }
}
