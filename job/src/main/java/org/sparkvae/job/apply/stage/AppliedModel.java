package org.sparkvae.job.apply.stage;

import java.io.Serializable;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.vae.ImageModel;

/**
 * A trained model, as the run that it is of uses it.
 *
 * @param spec its parts
 * @param parameters the flat parameter vector
 * @param binariser makes what it sees of images
 * @param seed of the run
 */
public record AppliedModel(ImageModel spec, float[] parameters, Binariser binariser, long seed)
    implements Serializable {
  /** The same model with other parameters. */
  public AppliedModel with(float[] others) {
    return new AppliedModel(spec, others, binariser, seed);
  }

  /** The model in the process of the running task, on what that computes on. */
  public ModelHere here() {
    ComputeNode.bind();
    return new ModelHere(spec, Nd4j.createFromArray(parameters), seed);
  }
}
