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
 * @param columns of L
 */
public record CovarianceKernels(GridColumns columns) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    int k = columns.k();
    SharedArray beside = loop.vector(k);
    loop.row(
        image -> {
          Square covariance = new Square(loop.kept(), image.times(image.number(k * k)), k);
          Value at = image.times(image.number(k));
          columns.fromLast(
              loop,
              image,
              column -> {
                Value deviation = LoopKernel.wide(loop.in(0), at.plus(column.p()));
                // S of later columns is other threads'.
                loop.team().meet();
                column.each(m -> beside(loop, column, m, deviation, covariance, beside));
                Value known = column.sum(m -> link(loop, column, m).times(beside.load(m)));
                Value variance = deviation.times(deviation.minus(known));
                loop.team()
                    .one(
                        () -> {
                          covariance.store(column.p(), column.p(), variance);
                          loop.out().store(at.plus(column.p()), variance.to(Type.F32));
                        });
              });
        });
  }

  private static Value link(LoopKernel loop, GridColumns.Column column, Value m) {
    return LoopKernel.wide(loop.in(1), column.place(m));
  }

  /** S beside its diagonal, of one link. */
  private static void beside(
      ForwardKernel loop,
      GridColumns.Column column,
      Value m,
      Value deviation,
      Square covariance,
      SharedArray beside) {
    Value q = column.row(m);
    Value sum = loop.variable(0);
    column.all(
        c -> loop.kernel.addProduct(sum, link(loop, column, c), covariance.load(q, column.row(c))));
    Value value = deviation.times(sum).negated();
    beside.store(m, value);
    covariance.store(column.p(), q, value);
    covariance.store(q, column.p(), value);
  }

  @Override
  public void backward(BackwardKernel loop) {
    int k = columns.k();
    SharedArray byBeside = loop.vector(k);
    GlobalArray byDeviation = loop.sum(0, k);
    GlobalArray byLinks = loop.sum(1, columns.links());
    Value at = loop.image().times(loop.image().number(k));
    loop.eachRow(
        image -> {
          Value start = image.times(image.number(k * k));
          Square covariance = new Square(loop.kept(), start, k);
          Square by =
              new Square(loop.kept(), loop.rowCount().times(image.number(k * k)).plus(start), k);
          loop.team().each(k * k, by::clear);
          columns.fromFirst(
              loop,
              image,
              column -> {
                loop.team().meet();
                Value p = column.p();
                Value deviation = LoopKernel.wide(loop.in(0), at.plus(p));
                Value byVariance = LoopKernel.wide(loop.byOut(), at.plus(p)).plus(by.load(p, p));
                column.each(
                    m -> {
                      Value q = column.row(m);
                      // What each half of S was read for is the derivative of one value.
                      Value both = by.load(p, q).plus(by.load(q, p));
                      Value rest = deviation.times(byVariance).times(link(loop, column, m));
                      byBeside.store(m, both.minus(rest));
                    });
                Value sum =
                    column.sum(m -> byBeside.load(m).times(covariance.load(p, column.row(m))));
                column.each(
                    m -> {
                      Value byLink =
                          ofLink(loop, column, m, deviation, byVariance, covariance, by, byBeside);
                      BackwardKernel.add(byLinks, column.place(m), byLink);
                    });
                Value own = byVariance.times(deviation.plus(covariance.load(p, p).over(deviation)));
                Value byOwn = own.plus(sum.over(deviation));
                loop.team().one(() -> BackwardKernel.add(byDeviation, at.plus(p), byOwn));
              });
        });
  }

  /** The derivative by a link; adds to that by the row of S that it was multiplied with. */
  private static Value ofLink(
      BackwardKernel loop,
      GridColumns.Column column,
      Value m,
      Value deviation,
      Value byVariance,
      Square covariance,
      Square by,
      SharedArray byBeside) {
    Value q = column.row(m);
    Value factor = link(loop, column, m).times(deviation).negated();
    Value sum = loop.kernel.variable(byVariance.times(covariance.load(column.p(), q)));
    column.all(
        c -> {
          Value other = column.row(c);
          loop.kernel.addProduct(sum, covariance.load(q, other), byBeside.load(c));
          by.store(q, other, factor.fma(byBeside.load(c), by.load(q, other)));
        });
    return deviation.times(sum).negated();
  }

  /** A matrix [k, k] among others, from a place on. */
  private record Square(GlobalArray values, Value start, int k) {
    private Value place(Value row, Value column) {
      return row.fma(row.number(k), column).plus(start);
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
