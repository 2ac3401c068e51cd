package org.sparkvae.prior;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.ColumnStatistics;
import org.sparkvae.tensor.kernels.Kernels;

/** The weights of a mixture: log(K w_k) = logit_k - log mean exp of all logits. */
final class Shares implements Operation {
  private final Parameter logits;
  private final Rows out;
  private float[] narrow;

  Shares(Parameter logits, Rows out) {
    this.logits = logits;
    this.out = out;
  }

  @Override
  public List<Node> inputs() {
    return List.of();
  }

  @Override
  public void bind() {
    if (logits.value().dataType().width() == Float.BYTES) {
      narrow = new float[out.count()];
    }
  }

  /** Copies an array. */
  private void read(Kernels kernels, INDArray array, double[] to) {
    if (narrow != null) {
      kernels.copyOut(array, narrow);
    }
    for (int k = 0; k < to.length; k++) {
      to[k] = narrow != null ? narrow[k] : array.getDouble(k);
    }
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void forward(Kernels kernels) {
    Optional<ColumnStatistics> device = kernels.columnStatistics();
    if (device.isPresent()) {
      device.get().logShares(logits.value(), out.value());
    } else {
      share(kernels);
    }
  }

  private void share(Kernels kernels) {
    double[] shares = out.value();
    read(kernels, logits.value(), shares);
    double largest = Arrays.stream(shares).max().orElseThrow();
    double sum = 0;
    for (double logit : shares) {
      sum += Math.exp(logit - largest);
    }
    double mean = largest + Math.log(sum / shares.length);
    for (int k = 0; k < shares.length; k++) {
      shares[k] -= mean;
    }
  }

  @Override
  public void backward(Kernels kernels) {
    if (!logits.differentiable()) {
      return;
    }
    Optional<ColumnStatistics> device = kernels.columnStatistics();
    if (device.isPresent()) {
      device
          .get()
          .logSharesBackward(out.value(), out.gradient(), logits.claim(), logits.gradient());
    } else {
      differentiate(kernels);
    }
  }

  private void differentiate(Kernels kernels) {
    double sum = Arrays.stream(out.gradient()).sum();
    double[] by = new double[out.count()];
    if (logits.claim() != 0) {
      read(kernels, logits.gradient(), by);
    }
    for (int k = 0; k < by.length; k++) {
      by[k] += out.gradient()[k] - sum * weight(out, k);
    }
    if (narrow == null) {
      logits.gradient().assign(Nd4j.createFromArray(by));
    } else {
      for (int k = 0; k < by.length; k++) {
        narrow[k] = (float) by[k];
      }
      kernels.copyIn(narrow, logits.gradient());
    }
  }

  /** w_k. */
  static double weight(Rows shares, int k) {
    return Math.exp(shares.value()[k]) / shares.count();
  }
}
