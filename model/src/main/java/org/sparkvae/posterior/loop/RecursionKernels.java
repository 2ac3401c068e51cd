package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Value;

/**
 * Those of a chain's recursion, y_k = r_k, y_i = r_i + c_i y_(i+1): from r [rows, k] and c [images,
 * k - 1].
 *
 * @param k values of a row, at least 2
 */
public record RecursionKernels(int k) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    SharedArray y = loop.vector(k);
    SharedArray c = loop.vector(k);
    loop.row(
        row -> {
          loop.read(loop.in(0), row, k, y);
          loop.read(loop.in(1), loop.image(), k - 1, c);
          loop.team().meet();
          loop.team().one(() -> recur(loop, y, c));
          loop.team().meet();
          loop.write(y, row, k);
        });
  }

  private void recur(ForwardKernel loop, SharedArray y, SharedArray c) {
    Value last = loop.kernel.number(k - 2);
    Value next = loop.kernel.variable(y.load(last.plus(1)));
    loop.count(
        k - 1,
        t -> {
          Value i = last.minus(t);
          loop.kernel.set(next, c.load(i).fma(next, y.load(i)));
          y.store(i, next);
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    SharedArray by = loop.vector(k);
    SharedArray c = loop.vector(k);
    GlobalArray byC = loop.sum(1, k - 1);
    loop.read(loop.in(1), loop.image(), k - 1, c);
    loop.eachRow(
        row -> {
          loop.read(loop.byOut(), row, k, by);
          loop.team().meet();
          loop.team().one(() -> recurBackward(loop, by, c));
          loop.team().meet();
          Value at = row.times(row.number(k));
          Value atC = loop.image().times(row.number(k - 1));
          loop.team()
              .each(
                  k - 1,
                  i -> {
                    Value y = LoopKernel.wide(loop.out(), at.plus(i).plus(1));
                    BackwardKernel.add(byC, atC.plus(i), by.load(i).times(y));
                  });
          loop.write(by, 0, row, k);
        });
  }

  private void recurBackward(BackwardKernel loop, SharedArray by, SharedArray c) {
    Value before = loop.kernel.variable(by.load(loop.kernel.number(0)));
    loop.count(
        k - 1,
        i -> {
          Value next = i.plus(1);
          loop.kernel.set(before, c.load(i).fma(before, by.load(next)));
          by.store(next, before);
        });
  }
}
