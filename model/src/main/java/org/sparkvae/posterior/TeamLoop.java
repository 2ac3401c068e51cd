package org.sparkvae.posterior;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.posterior.loop.BackwardKernel;
import org.sparkvae.posterior.loop.ForwardKernel;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.OwnKernels;

/** A loop that has kernels of its own for arrays that lie on a device. */
interface TeamLoop extends HostLoop.ByKernels {
  /** What tells a loop's kernels from others. */
  record Name(LoopKernels kernels, int inputs, boolean isBackward) {
    private String word() {
      return kernels.getClass().getSimpleName() + (isBackward ? "_backward" : "");
    }
  }

  /** The kernels. */
  LoopKernels kernels();

  /** How many images the rows are of. */
  int images();

  /** What the kernels keep from the forward to the backward pass: the same array every time. */
  default Optional<double[]> kept(int rows) {
    return Optional.empty();
  }

  @Override
  default boolean isFor(Kernels kernels) {
    return kernels.own().isPresent();
  }

  @Override
  default void forward(Kernels kernels, List<INDArray> in, INDArray out, double[] rows) {
    Name name = new Name(kernels(), in.size(), false);
    OwnKernels.Arguments launch =
        kernels
            .own()
            .orElseThrow()
            .launch(
                name,
                () -> {
                  ForwardKernel loop = new ForwardKernel(name.word(), in.size());
                  name.kernels().forward(loop);
                  return loop.build();
                });
    in.forEach(launch::read);
    launch
        .write(out)
        .write(rows)
        .write(kept(rows.length).orElse(rows))
        .number(images())
        .run(rows.length);
  }

  @Override
  default void backward(
      Kernels kernels,
      List<INDArray> in,
      INDArray out,
      INDArray byOut,
      double[] byRows,
      List<HostLoop.Derivative> byIn) {
    Name name = new Name(kernels(), in.size(), true);
    OwnKernels.Arguments launch =
        kernels
            .own()
            .orElseThrow()
            .launch(
                name,
                () -> {
                  BackwardKernel loop = new BackwardKernel(name.word(), in.size());
                  name.kernels().backward(loop);
                  return loop.build();
                });
    in.forEach(launch::read);
    launch.read(out);
    kept(byRows.length).ifPresentOrElse(launch::update, () -> launch.read(byRows));
    launch.read(byOut).read(byRows);
    byIn.forEach(by -> launch.sum(by.array(), by.beta()));
    launch.number(images()).number(byRows.length).run(images());
  }
}
