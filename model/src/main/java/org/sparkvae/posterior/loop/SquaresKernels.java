package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * Those of the marginal variances of a full covariance, the sums of squares of C's rows: from C's
 * diagonal [images, k] and what is below it, column by column [images, k (k - 1) / 2].
 *
 * @param k dimensions
 */
public record SquaresKernels(int k) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    Triangle triangle = new Triangle(k);
    loop.row(
        image -> {
          Value at = image.times(image.number(k));
          loop.team()
              .each(
                  k,
                  i -> {
                    Value diagonal = LoopKernel.wide(loop.in(0), at.plus(i));
                    Value sum = loop.kernel.variable(diagonal.times(diagonal));
                    triangle.row(
                        loop,
                        image,
                        i,
                        (j, place) -> {
                          Value link = LoopKernel.wide(loop.in(1), place);
                          loop.kernel.addProduct(sum, link, link);
                        });
                    loop.out().store(at.plus(i), sum.to(Type.F32));
                  });
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    Triangle triangle = new Triangle(k);
    GlobalArray byDiagonal = loop.sum(0, k);
    GlobalArray byLink = loop.sum(1, triangle.links());
    loop.eachRow(
        image -> {
          Value at = image.times(image.number(k));
          loop.team()
              .each(
                  k,
                  i -> {
                    Value twice = LoopKernel.wide(loop.byOut(), at.plus(i)).times(2);
                    Value diagonal = LoopKernel.wide(loop.in(0), at.plus(i));
                    BackwardKernel.add(byDiagonal, at.plus(i), twice.times(diagonal));
                    triangle.row(
                        loop,
                        image,
                        i,
                        (j, place) -> {
                          Value link = LoopKernel.wide(loop.in(1), place);
                          BackwardKernel.add(byLink, place, twice.times(link));
                        });
                  });
        });
  }
}
