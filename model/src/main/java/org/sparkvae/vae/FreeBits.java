package org.sparkvae.vae;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The KL term of a minibatch with free bits, sum_j max(L, mean_i KL_ij), the same for each of its
 * images (Kingma et al., 2016, eq. 15). A dimension at or below L has no derivative.
 */
final class FreeBits implements Operation {
  private final Matrix kl;
  private final double least;
  private final Rows out;
  private INDArray row;

  private FreeBits(Matrix kl, double least, Rows out) {
    this.kl = kl;
    this.least = least;
    this.out = out;
  }

  /**
   * Records it, nats, [images].
   *
   * @param kl of each dimension, [images, latent]
   * @param least L, nats
   */
  static Rows of(Recorder recorder, Matrix kl, double least) {
    Rows out = recorder.rows(kl.rows());
    return recorder.then(new FreeBits(kl, least, out), out);
  }

  @Override
  public List<Node> inputs() {
    return List.of(kl);
  }

  @Override
  public boolean hasParameters() {
    return false;
  }

  @Override
  public void bind() {
    row = kl.value().getRow(0).dup();
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.sumColumns(kl.value(), 0, row);
    double sum = 0;
    for (int j = 0; j < kl.columns(); j++) {
      sum += Math.max(least, row.getDouble(j) / kl.rows());
    }
    for (int i = 0; i < out.count(); i++) {
      out.value()[i] = sum;
    }
  }

  @Override
  public void backward(Kernels kernels) {
    if (kl.gradient() == null) {
      return;
    }
    double by = 0;
    for (double derivative : out.gradient()) {
      by += derivative;
    }
    for (int j = 0; j < kl.columns(); j++) {
      boolean bound = row.getDouble(j) / kl.rows() <= least;
      row.putScalar(j, bound ? 0 : by / kl.rows());
    }
    if (kl.claim() == 0) {
      kl.gradient().assign(0);
    }
    kl.gradient().addiRowVector(row);
  }
}
