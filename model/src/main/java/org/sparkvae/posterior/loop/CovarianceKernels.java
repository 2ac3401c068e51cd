package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * Those of a grid's marginal variances, the diagonal of S = L^-T L^-1: from 1 / L_pp [images, k]
 * and L's links [images, n]; kept is S in the pattern of L, both halves, then what the backward
 * pass takes for its derivative, [2, images, k, k].
 *
 * @param pattern of L
 */
public record CovarianceKernels(GridColumns pattern) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    int k = pattern.k();
    SharedArray column = loop.vector(k);
    loop.row(
        image -> {
          Square covariance = new Square(loop.kept(), image.times(image.number(k * k)));
          Value at = image.times(image.number(k));
          pattern.fromLast(
              loop,
              image,
              (p, count, link) -> {
                Value deviation = LoopKernel.wide(loop.in(0), at.plus(p));
                // S of later columns is other threads'.
                loop.team().meet();
                loop.team()
                    .each(
                        p.number(0),
                        count,
                        m -> {
                          Value q = p.plus(1).plus(m);
                          Value sum = loop.variable(0);
                          loop.kernel.repeat(
                              p.number(0),
                              count,
                              p.number(1),
                              c ->
                                  loop.kernel.addProduct(
                                      sum,
                                      LoopKernel.wide(loop.in(1), link.plus(c)),
                                      covariance.load(q, p.plus(1).plus(c))));
                          Value beside = deviation.times(sum).negated();
                          column.store(m, beside);
                          covariance.store(p, q, beside);
                          covariance.store(q, p, beside);
                        });
                Value known =
                    loop.team()
                        .sum(
                            p.number(0),
                            count,
                            m -> LoopKernel.wide(loop.in(1), link.plus(m)).times(column.load(m)));
                Value variance = deviation.times(deviation.minus(known));
                loop.team()
                    .one(
                        () -> {
                          covariance.store(p, p, variance);
                          loop.out().store(at.plus(p), variance.to(Type.F32));
                        });
              });
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    int k = pattern.k();
    SharedArray column = loop.vector(k);
    GlobalArray byDeviation = loop.sum(0, k);
    GlobalArray byLink = loop.sum(1, pattern.links());
    Value at = loop.image().times(loop.image().number(k));
    loop.eachRow(
        image -> {
          Value start = image.times(image.number(k * k));
          Square covariance = new Square(loop.kept(), start);
          Square by =
              new Square(loop.kept(), loop.rowCount().times(image.number(k * k)).plus(start));
          loop.team().each(k * k, i -> by.clear(i));
          pattern.fromFirst(
              loop,
              image,
              (p, count, link) -> {
                loop.team().meet();
                Value deviation = LoopKernel.wide(loop.in(0), at.plus(p));
                Value byVariance = LoopKernel.wide(loop.byOut(), at.plus(p)).plus(by.load(p, p));
                // What each half of S was read for is the derivative of one value.
                loop.team()
                    .each(
                        p.number(0),
                        count,
                        m -> {
                          Value q = p.plus(1).plus(m);
                          Value ofLink = LoopKernel.wide(loop.in(1), link.plus(m));
                          Value both = by.load(p, q).plus(by.load(q, p));
                          Value rest = deviation.times(byVariance).times(ofLink);
                          column.store(m, both.minus(rest));
                        });
                Value beside =
                    loop.team()
                        .sum(
                            p.number(0),
                            count,
                            m -> column.load(m).times(covariance.load(p, p.plus(1).plus(m))));
                loop.team()
                    .each(
                        p.number(0),
                        count,
                        m -> {
                          Value q = p.plus(1).plus(m);
                          Value factor =
                              LoopKernel.wide(loop.in(1), link.plus(m)).times(deviation).negated();
                          Value sum = loop.kernel.variable(byVariance.times(covariance.load(p, q)));
                          loop.kernel.repeat(
                              p.number(0),
                              count,
                              p.number(1),
                              c -> {
                                Value other = p.plus(1).plus(c);
                                loop.kernel.addProduct(
                                    sum, covariance.load(q, other), column.load(c));
                                by.store(q, other, factor.fma(column.load(c), by.load(q, other)));
                              });
                          BackwardKernel.add(byLink, link.plus(m), deviation.times(sum).negated());
                        });
                Value own = byVariance.times(deviation.plus(covariance.load(p, p).over(deviation)));
                Value byOwn = own.plus(beside.over(deviation));
                loop.team().one(() -> BackwardKernel.add(byDeviation, at.plus(p), byOwn));
              });
        });
  }

  /** A matrix [k, k] among others. */
  private final class Square {
    private final GlobalArray values;
    private final Value start;

    Square(GlobalArray values, Value start) {
      this.values = values;
      this.start = start;
    }

    private Value place(Value row, Value column) {
      return row.fma(row.number(pattern.k()), column).plus(start);
    }

    Value load(Value row, Value column) {
      return values.load(place(row, column));
    }

    void store(Value row, Value column, Value value) {
      values.store(place(row, column), value);
    }

    void clear(Value place) {
      values.store(start.plus(place), place.to(Type.F64).times(0));
    }
  }
}
