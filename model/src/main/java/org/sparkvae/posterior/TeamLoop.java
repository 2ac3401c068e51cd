package org.sparkvae.posterior;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.code.Kernel;
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
    private OwnKernels.Arguments launch(Kernels on) {
      return on.own().orElseThrow().launch(this, this::build);
    }

    private Kernel build() {
      String word = kernels.getClass().getSimpleName();
      if (isBackward) {
        BackwardKernel loop = new BackwardKernel(word + "_backward", inputs);
        kernels.backward(loop);
        return loop.build();
      }
      ForwardKernel loop = new ForwardKernel(word, inputs);
      kernels.forward(loop);
      return loop.build();
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
    OwnKernels.Arguments launch = name.launch(kernels);
    in.forEach(launch::read);
    launch.write(out).write(rows).write(kept(rows.length).orElse(rows)).number(images());
    launch.run(name.kernels().forwardBlocks(rows.length, images()));
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
    OwnKernels.Arguments launch = name.launch(kernels);
    in.forEach(launch::read);
    launch.read(out);
    kept(byRows.length).ifPresentOrElse(launch::update, () -> launch.read(byRows));
    launch.read(byOut).read(byRows);
    byIn.forEach(by -> launch.sum(by.array(), by.beta()));
    launch.number(images()).number(byRows.length);
    launch.run(name.kernels().backwardBlocks(byRows.length, images()));
  }
}
