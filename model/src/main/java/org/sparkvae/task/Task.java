package org.sparkvae.task;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.step.Player;
import org.sparkvae.tensor.ParameterLayout;

/** What training does on each minibatch: who moves which parameters, and for what. */
public interface Task extends Serializable {
  /** Where the parameters of all players lie. */
  ParameterLayout layout();

  /**
   * The players for minibatches of a size, in the order of their turns; the order, and who moves
   * what, are the same for every size.
   *
   * @param images in a minibatch
   * @param parameters the flat parameter vector; players only read it
   * @param gradient the flat gradient vector, which each player's turn overwrites
   */
  List<? extends Player> players(int images, INDArray parameters, INDArray gradient);
}
