package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Value;

/**
 * Those of a grid's draws, n of L^T n = e: from e [rows, k], 1 / L_pp [images, k] and L's links
 * [images, n].
 *
 * @param pattern of L
 */
public record SolutionKernels(GridColumns pattern) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    int k = pattern.k();
    SharedArray n = loop.vector(k);
    loop.row(
        row -> {
          loop.read(loop.in(0), row, k, n);
          Value image = loop.image();
          Value at = image.times(image.number(k));
          pattern.fromLast(
              loop,
              image,
              (p, count, link) -> {
                loop.team().meet();
                Value known =
                    loop.team()
                        .sum(
                            p.number(0),
                            count,
                            m ->
                                LoopKernel.wide(loop.in(2), link.plus(m))
                                    .times(n.load(p.plus(1).plus(m))));
                Value deviation = LoopKernel.wide(loop.in(1), at.plus(p));
                loop.team().one(() -> n.store(p, deviation.times(n.load(p).minus(known))));
              });
          loop.team().meet();
          loop.write(n, row, k);
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    int k = pattern.k();
    SharedArray n = loop.vector(k);
    SharedArray by = loop.vector(k);
    GlobalArray byDeviation = loop.sum(1, k);
    GlobalArray byLink = loop.sum(2, pattern.links());
    Value at = loop.image().times(loop.image().number(k));
    loop.eachRow(
        row -> {
          loop.read(loop.out(), row, k, n);
          loop.read(loop.byOut(), row, k, by);
          pattern.fromFirst(
              loop,
              loop.image(),
              (p, count, link) -> {
                loop.team().meet();
                Value derivative = by.load(p);
                Value deviation = LoopKernel.wide(loop.in(1), at.plus(p));
                Value byRest = deviation.times(derivative);
                loop.team()
                    .each(
                        p.number(0),
                        count,
                        m -> {
                          Value other = p.plus(1).plus(m);
                          Value place = link.plus(m);
                          Value change = LoopKernel.wide(loop.in(2), place).times(byRest);
                          BackwardKernel.add(byLink, place, byRest.times(n.load(other)).negated());
                          by.store(other, by.load(other).minus(change));
                        });
                Value byOwn = derivative.times(n.load(p)).over(deviation);
                loop.team().one(() -> BackwardKernel.add(byDeviation, at.plus(p), byOwn));
              });
          loop.team().meet();
          loop.team()
              .each(k, p -> by.store(p, by.load(p).times(LoopKernel.wide(loop.in(1), at.plus(p)))));
          loop.write(by, 0, row, k);
        });
  }
}
