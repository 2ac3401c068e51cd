package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.Value;

/**
 * e of C e = z - mean, where the covariance is C C^T, C_jj = e^(s_j / 2).
 *
 * @param k dimensions
 */
public record FactorWhitening(int k) implements Whitening {
  @Override
  public int links() {
    return new Triangle(k).links();
  }

  private Value link(Row row, Value j, Value i) {
    return new Triangle(k).place(row.image(), j, i);
  }

  @Override
  public void whiten(Row row) {
    row.loop.team().each(k, i -> row.e.store(i, row.offset.load(i)));
    row.loop.count(
        k,
        j -> {
          row.loop.team().meet();
          Value known = row.e.load(j).times(row.precision(j));
          row.loop.team().meet();
          // A thread has the same dimensions in each column.
          row.loop
              .team()
              .each(
                  k,
                  i -> {
                    row.loop.kernel.when(i.isEqual(j), () -> row.e.store(i, known));
                    row.loop.kernel.when(
                        j.isLess(i),
                        () -> {
                          Value factor = row.link(link(row, j, i));
                          row.e.store(i, row.e.load(i).minus(known.times(factor)));
                        });
                  });
        });
    row.loop.team().meet();
  }

  @Override
  public void derive(Row row, Sums sums) {
    row.loop.count(
        k,
        t -> {
          Value j = t.number(k - 1).minus(t);
          Value others =
              row.loop
                  .team()
                  .sum(
                      j.plus(1),
                      j.number(k),
                      i -> row.link(link(row, j, i)).times(row.byOffset.load(i)));
          Value rest = row.byE.load(j).minus(others);
          row.loop.team().one(() -> row.byOffset.store(j, rest.times(row.precision(j))));
          if (sums != null) {
            add(row, sums, j, rest);
          }
          row.loop.team().meet();
        });
  }

  private void add(Row row, Sums sums, Value j, Value rest) {
    Value e = row.e.load(j);
    row.loop
        .team()
        .one(() -> BackwardKernel.add(sums.packed(), row.placeOfS(j), rest.times(e).times(-0.5)));
    row.loop
        .team()
        .each(
            j.plus(1),
            j.number(k),
            i ->
                BackwardKernel.add(
                    sums.links(), link(row, j, i), e.times(row.byOffset.load(i)).negated()));
  }
}
