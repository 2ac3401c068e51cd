package org.sparkvae.job.apply.stage;

import java.io.Serializable;
import java.util.Map;

/**
 * What every task of a stage needs, which executors get once.
 *
 * @param model that is applied
 * @param labelNames what labels of the images stand for
 */
record SharedStage(AppliedModel model, Map<Integer, String> labelNames) implements Serializable {
  /** How the model sees the images. */
  Seeing seeing() {
    return new Seeing(model.binariser(), labelNames);
  }
}
