package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.Value;

/**
 * e = L^T (z - mean), where the precision is L L^T, L_pp = e^(-s_p / 2).
 *
 * @param pattern of L
 */
public record BandWhitening(GridColumns pattern) implements Whitening {
  @Override
  public int k() {
    return pattern.k();
  }

  @Override
  public int links() {
    return pattern.links();
  }

  @Override
  public void whiten(Row row) {
    pattern.fromFirst(
        row.loop,
        row.image(),
        (p, count, link) -> {
          Value others =
              row.loop
                  .team()
                  .sum(
                      p.number(0),
                      count,
                      m -> row.link(link.plus(m)).times(row.offset.load(p.plus(1).plus(m))));
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
    pattern.fromFirst(
        row.loop,
        row.image(),
        (p, count, link) ->
            // A thread has the same dimensions in each column.
            row.loop
                .team()
                .each(
                    k(),
                    q -> {
                      Value m = q.minus(p).minus(1);
                      row.loop.kernel.when(
                          m.isAtLeast(0).and(m.isLess(count)),
                          () -> column(row, sums, p, q, link.plus(m)));
                    }));
    row.loop.team().meet();
  }

  private static void column(Row row, Sums sums, Value p, Value q, Value link) {
    Value by = row.byE.load(p);
    row.byOffset.store(q, by.fma(row.link(link), row.byOffset.load(q)));
    if (sums != null) {
      BackwardKernel.add(sums.links(), link, by.times(row.offset.load(q)));
    }
  }
}
