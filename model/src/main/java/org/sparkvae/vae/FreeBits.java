package org.sparkvae.vae;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Team;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.OwnKernels;

/**
 * The KL term of a minibatch with free bits, sum_j max(L, mean_i KL_ij), the same for each of its
 * images (Kingma et al., 2016, eq. 15). A dimension at or below L has no derivative.
 */
final class FreeBits implements Operation {
  /** Of the one block that computes it on a device. */
  private static final int THREADS = 128;

  private final Matrix kl;
  private final double least;
  private final Rows out;
  private INDArray row;

  /** The means of the columns on a device. */
  private final double[] means;

  private FreeBits(Matrix kl, double least, Rows out) {
    this.kl = kl;
    this.least = least;
    this.out = out;
    means = new double[kl.columns()];
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
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void bind() {
    row = kl.value().getRow(0).dup();
  }

  @Override
  public void forward(Kernels kernels) {
    Optional<OwnKernels> own = kernels.own();
    if (own.isPresent()) {
      own.get()
          .launch(new Name(least, false), () -> forward(least))
          .read(kl.value())
          .write(means)
          .write(out.value())
          .number(kl.rows())
          .number(kl.columns())
          .run(1);
      return;
    }
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
    Optional<OwnKernels> own = kernels.own();
    if (own.isPresent()) {
      own.get()
          .launch(new Name(least, true), () -> backward(least))
          .read(means)
          .read(out.gradient())
          .sum(kl.gradient(), kl.claim())
          .number(kl.rows())
          .number(kl.columns())
          .run(1);
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

  /** What tells one kernel from another. */
  private record Name(double least, boolean isBackward) {}

  /** Arguments: KL, means of its columns, the term of each row, rows, columns. */
  private static Kernel forward(double least) {
    KernelBuilder kernel = new KernelBuilder("free_bits", THREADS);
    Team team = new Team(kernel, THREADS);
    GlobalArray kl = kernel.array(Type.F32);
    GlobalArray means = kernel.array(Type.F64);
    GlobalArray out = kernel.array(Type.F64);
    Value rows = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Value zero = kernel.number(0);
    team.each(
        zero,
        columns,
        j -> {
          Value sum = kernel.variable(kernel.number(Type.F64, 0));
          kernel.repeat(
              zero,
              rows,
              kernel.number(1),
              i -> kernel.add(sum, kl.load(i.fma(columns, j)).to(Type.F64)));
          means.store(j, sum.over(rows.to(Type.F64)));
        });
    Value bits = kernel.number(Type.F64, least);
    Value sum =
        team.sum(
            zero,
            columns,
            j -> {
              Value mean = means.load(j);
              // What is not a number stays so.
              return mean.blend(bits, mean.isAtMost(bits));
            });
    team.each(zero, rows, i -> out.store(i, sum));
    return kernel.build();
  }

  /**
   * Arguments: means, the derivative by each row's term, that by KL and its beta, rows, columns.
   */
  private static Kernel backward(double least) {
    KernelBuilder kernel = new KernelBuilder("free_bits_backward", THREADS);
    Team team = new Team(kernel, THREADS);
    GlobalArray means = kernel.array(Type.F64);
    GlobalArray byOut = kernel.array(Type.F64);
    GlobalArray byKl = kernel.array(Type.F32);
    Value adds = kernel.argument(Type.S32).isEqual(1);
    Value rows = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Value zero = kernel.number(0);
    Value share = team.sum(zero, rows, byOut::load).over(rows.to(Type.F64)).to(Type.F32);
    team.each(
        zero,
        columns,
        j -> {
          Value ofColumn = share.blend(0, means.load(j).isAtMost(least));
          kernel.repeat(
              zero,
              rows,
              kernel.number(1),
              i -> {
                Value place = i.fma(columns, j);
                Value sum = kernel.variable(ofColumn);
                kernel.when(adds, () -> kernel.add(sum, byKl.load(place)));
                byKl.store(place, sum);
              });
        });
    return kernel.build();
  }
}
