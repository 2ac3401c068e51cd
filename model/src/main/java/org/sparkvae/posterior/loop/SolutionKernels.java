package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Value;

/**
 * Those of a grid's draws, n of L^T n = e: from e [rows, k], 1 / L_pp [images, k] and L's links
 * [images, n].
 *
 * @param columns of L
 */
public record SolutionKernels(GridColumns columns) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    int k = columns.k();
    SharedArray n = loop.vector(k);
    loop.row(
        row -> {
          loop.read(loop.in(0), row, k, n);
          Value at = loop.image().times(row.number(k));
          columns.fromLast(loop, loop.image(), column -> solve(loop, column, at, n));
          loop.team().meet();
          loop.write(n, row, k);
        });
  }

  private static void solve(
      ForwardKernel loop, GridColumns.Column column, Value at, SharedArray n) {
    Value p = column.p();
    loop.team().meet();
    Value known =
        column.sum(m -> LoopKernel.wide(loop.in(2), column.place(m)).times(n.load(column.row(m))));
    Value deviation = LoopKernel.wide(loop.in(1), at.plus(p));
    loop.team().one(() -> n.store(p, deviation.times(n.load(p).minus(known))));
  }

  @Override
  public void backward(BackwardKernel loop) {
    int k = columns.k();
    SharedArray n = loop.vector(k);
    SharedArray by = loop.vector(k);
    GlobalArray byDeviation = loop.sum(1, k);
    GlobalArray byLinks = loop.sum(2, columns.links());
    Value at = loop.image().times(loop.image().number(k));
    loop.eachRow(
        row -> {
          loop.read(loop.out(), row, k, n);
          loop.read(loop.byOut(), row, k, by);
          columns.fromFirst(
              loop,
              loop.image(),
              column -> {
                loop.team().meet();
                Value p = column.p();
                Value deviation = LoopKernel.wide(loop.in(1), at.plus(p));
                Value byRest = deviation.times(by.load(p));
                column.each(m -> differentiate(loop, column, m, byRest, n, by, byLinks));
                Value byOwn = by.load(p).times(n.load(p)).over(deviation);
                loop.team().one(() -> BackwardKernel.add(byDeviation, at.plus(p), byOwn));
              });
          loop.team().meet();
          loop.team()
              .each(k, p -> by.store(p, by.load(p).times(LoopKernel.wide(loop.in(1), at.plus(p)))));
          loop.write(by, 0, row, k);
        });
  }

  private static void differentiate(
      BackwardKernel loop,
      GridColumns.Column column,
      Value m,
      Value byRest,
      SharedArray n,
      SharedArray by,
      GlobalArray byLinks) {
    Value other = column.row(m);
    Value link = LoopKernel.wide(loop.in(2), column.place(m));
    BackwardKernel.add(byLinks, column.place(m), byRest.times(n.load(other)).negated());
    by.store(other, by.load(other).minus(link.times(byRest)));
  }
}
