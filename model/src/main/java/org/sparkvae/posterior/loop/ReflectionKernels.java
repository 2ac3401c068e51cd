package org.sparkvae.posterior.loop;

import java.util.List;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Value;

/**
 * Those of a Householder flow: from directions, each [images, k], and last z [rows, k].
 *
 * @param k values of a row
 */
public record ReflectionKernels(int k) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    TeamReflection reflection = new TeamReflection(loop.team(), k);
    int last = loop.inputs() - 1;
    SharedArray x = loop.vector(k);
    loop.row(
        row -> {
          loop.read(loop.in(last), row, k, x);
          Value at = loop.image().times(row.number(k));
          for (int t = 0; t < last; t++) {
            reflection.reflect(loop.in(t), at, x);
          }
          loop.write(x, row, k);
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    TeamReflection reflection = new TeamReflection(loop.team(), k);
    int last = loop.inputs() - 1;
    SharedArray x = loop.vector(k);
    SharedArray by = loop.vector(k);
    Value at = loop.image().times(loop.image().number(k));
    List<GlobalArray> byV = loop.sums(0, last, k);
    loop.eachRow(
        row -> {
          loop.read(loop.out(), row, k, x);
          loop.read(loop.byOut(), row, k, by);
          for (int t = last - 1; t >= 0; t--) {
            reflection.backward(loop.in(t), byV.get(t), at, x, by);
          }
          loop.write(by, last, row, k);
        });
  }
}
