package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * Those of draws of a full covariance, C e: from noise e [rows, k], C's diagonal [images, k] and
 * what is below it, column by column [images, k (k - 1) / 2].
 *
 * @param k dimensions
 */
public record ProductKernels(int k) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    Triangle triangle = new Triangle(k);
    SharedArray e = loop.vector(k);
    loop.row(
        row -> {
          loop.read(loop.in(0), row, k, e);
          loop.team().meet();
          Value image = loop.image();
          Value at = image.times(image.number(k));
          Value out = row.times(row.number(k));
          loop.team()
              .each(
                  k,
                  i -> {
                    Value diagonal = LoopKernel.wide(loop.in(1), at.plus(i));
                    Value sum = loop.kernel.variable(diagonal.times(e.load(i)));
                    triangle.row(
                        loop,
                        image,
                        i,
                        (j, place) ->
                            loop.kernel.addProduct(
                                sum, LoopKernel.wide(loop.in(2), place), e.load(j)));
                    loop.out().store(out.plus(i), sum.to(Type.F32));
                  });
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    Triangle triangle = new Triangle(k);
    SharedArray e = loop.vector(k);
    SharedArray by = loop.vector(k);
    SharedArray byE = loop.vector(k);
    GlobalArray byDiagonal = loop.sum(1, k);
    GlobalArray byLink = loop.sum(2, triangle.links());
    Value at = loop.image().times(loop.image().number(k));
    loop.eachRow(
        row -> {
          loop.read(loop.in(0), row, k, e);
          loop.read(loop.byOut(), row, k, by);
          loop.team().meet();
          loop.team()
              .each(
                  k,
                  j -> {
                    Value derivative = by.load(j);
                    Value diagonal = LoopKernel.wide(loop.in(1), at.plus(j));
                    Value sum = loop.kernel.variable(diagonal.times(derivative));
                    triangle.column(
                        loop,
                        loop.image(),
                        j,
                        (i, place) -> {
                          loop.kernel.addProduct(
                              sum, LoopKernel.wide(loop.in(2), place), by.load(i));
                          BackwardKernel.add(byLink, place, e.load(j).times(by.load(i)));
                        });
                    byE.store(j, sum);
                    BackwardKernel.add(byDiagonal, at.plus(j), derivative.times(e.load(j)));
                  });
          loop.team().meet();
          loop.write(byE, 0, row, k);
        });
  }
}
