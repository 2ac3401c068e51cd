package org.sparkvae.proposal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;

/** An image's posterior as the encoder gives it, on buffers that are allocated once. */
public final class Encoding implements Proposer {
  private final Program program;
  private final Matrix x;
  private final List<Matrix> posterior;

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, which stays as it is
   */
  public Encoding(ImageModel model, INDArray parameters) {
    Recorder recorder = new Recorder(1, 1);
    Batch image = Batch.of(recorder, model.x());
    x = image.images();
    posterior = model.model().posterior(recorder, image);
    // The image among them: it has memory even where no posterior depends on it.
    List<Matrix> results = Stream.concat(posterior.stream(), Stream.of(x)).toList();
    program = new Program(recorder, model.layout(), parameters, null, results);
  }

  /** No noise is drawn: the key does not matter. */
  @Override
  public Proposed propose(float[] image, long key) {
    return new Proposed(posterior(image), Optional.empty());
  }

  /** The parameters of an image's posterior, each [1, n], until the next call; not copies. */
  public List<INDArray> posterior(float[] image) {
    program.kernels().copyIn(image, x.value());
    program.forward();
    return posterior.stream().map(Matrix::value).toList();
  }
}
