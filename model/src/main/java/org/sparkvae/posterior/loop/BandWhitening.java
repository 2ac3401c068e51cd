package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.Value;

/**
 * e = L^T (z - mean), where the precision is L L^T, L_pp = e^(-s_p / 2).
 *
 * @param columns of L
 */
public record BandWhitening(GridColumns columns) implements Whitening {
  @Override
  public int k() {
    return columns.k();
  }

  @Override
  public int links() {
    return columns.links();
  }

  @Override
  public void whiten(Row row) {
    columns.fromFirst(
        row.loop,
        row.image(),
        column -> {
          Value p = column.p();
          Value others =
              column.sum(m -> row.link(column.place(m)).times(row.offset.load(column.row(m))));
          Value e = row.precision(p).fma(row.offset.load(p), others);
          row.loop.team().one(() -> row.e.store(p, e));
        });
    row.loop.team().meet();
  }

  @Override
  public void derive(Row row, Sums sums) {
    row.loop
        .team()
        .each(
            k(),
            p -> {
              Value share = row.byE.load(p).times(row.precision(p));
              row.byOffset.store(p, share);
              if (sums != null) {
                Value byS = share.times(row.offset.load(p)).times(-0.5);
                BackwardKernel.add(sums.packed(), row.placeOfS(p), byS);
              }
            });
    columns.fromFirst(
        row.loop,
        row.image(),
        column ->
            // A thread has the same dimensions in each column.
            row.loop
                .team()
                .each(
                    k(),
                    q -> {
                      Value m = q.minus(column.p()).minus(1);
                      row.loop.kernel.when(
                          m.isAtLeast(0).and(m.isLess(column.count())),
                          () -> link(row, sums, column, m));
                    }));
    row.loop.team().meet();
  }

  private static void link(Row row, Sums sums, GridColumns.Column column, Value m) {
    Value by = row.byE.load(column.p());
    Value q = column.row(m);
    Value place = column.place(m);
    row.byOffset.store(q, by.fma(row.link(place), row.byOffset.load(q)));
    if (sums != null) {
      BackwardKernel.add(sums.links(), place, by.times(row.offset.load(q)));
    }
  }
}
