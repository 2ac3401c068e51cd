package org.sparkvae.posterior.loop;

import java.util.List;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * Those of the inverse of Sylvester flows, with the inputs and what is kept of the flows' own.
 *
 * @param maps what is taken back
 */
public record SylvesterInverse(SylvesterKernels maps) implements LoopKernels {
  /** What the equations of R and of S have left, of the values that are not found yet. */
  private record Unsolved(SharedArray ofR, SharedArray ofS) {}

  @Override
  public void forward(ForwardKernel loop) {
    SylvesterMap map = new SylvesterMap(loop, maps);
    Unsolved unsolved = new Unsolved(loop.vector(maps.m()), loop.vector(maps.m()));
    loop.row(
        row -> {
          loop.read(loop.in(maps.given()), row, maps.k(), map.y());
          for (int number = maps.length() - 1; number >= 0; number--) {
            map.open(number);
            map.turn(true, map.y());
            unbend(loop, map, unsolved);
            Value kept = maps.kept(row, number);
            map.each(j -> loop.kept().store(kept.plus(j), map.tanh().load(j)));
            map.turn(false, map.y());
          }
          loop.write(map.y(), row, maps.k());
        });
  }

  /** Takes R tanh(S y + b) away, from the last value on, which depends on itself alone. */
  private void unbend(ForwardKernel loop, SylvesterMap map, Unsolved rest) {
    map.each(
        j -> {
          rest.ofR().store(j, map.y().load(j));
          rest.ofS().store(j, map.b(j));
        });
    loop.count(
        maps.m(),
        solved -> {
          Value j = solved.number(maps.m() - 1).minus(solved);
          loop.team().meet();
          BentLine line = new BentLine(map.ofR().load(j), map.ofS().load(j), rest.ofS().load(j));
          Value y = line.inverse(loop.kernel, rest.ofR().load(j));
          Value tanh = line.tanh(y);
          loop.team()
              .one(
                  () -> {
                    map.y().store(j, y);
                    map.tanh().store(j, tanh);
                  });
          loop.team()
              .each(
                  j.number(0),
                  j,
                  i -> {
                    Value without = rest.ofR().load(i).minus(map.r(i, j).times(tanh));
                    rest.ofR().store(i, without);
                    rest.ofS().store(i, map.s(i, j).fma(y, rest.ofS().load(i)));
                  });
        });
    loop.team().meet();
  }

  /**
   * The derivative by what the maps gave is that by what they were given, times the inverse of
   * their Jacobian; that by their parameters is theirs for it, negated.
   */
  @Override
  public void backward(BackwardKernel loop) {
    int k = maps.k();
    SylvesterMap map = new SylvesterMap(loop, maps);
    SharedArray by = loop.vector(k);
    SharedArray byMoved = loop.vector(k);
    SharedArray byBend = loop.vector(maps.m());
    Unsolved unsolved = new Unsolved(byBend, loop.vector(maps.m()));
    List<GlobalArray> sums = maps.sums(loop);
    loop.eachRow(
        row -> {
          loop.read(loop.in(maps.given()), row, k, map.y());
          loop.read(loop.byOut(), row, k, by);
          for (int number = 0; number < maps.length(); number++) {
            Value kept = maps.kept(row, number);
            map.open(number);
            map.each(j -> map.tanh().store(j, loop.kept().load(kept.plus(j))));
            map.turn(true, by);
            transport(loop, map, unsolved, by);
            map.turn(false, by);
          }
          loop.team()
              .each(
                  k,
                  i -> {
                    byMoved.store(i, by.load(i));
                    by.store(i, by.load(i).negated());
                  });
          maps.backward(loop, map, row, loop.variable(0), sums, by, byBend);
          loop.write(byMoved, maps.given(), row, k);
        });
  }

  /**
   * Solves (I + S^T D R^T) u = by, D the slopes of tanh: a lower triangle. What R^T has is R^T u so
   * far, and what S^T has is what of by is left.
   */
  private void transport(BackwardKernel loop, SylvesterMap map, Unsolved rest, SharedArray by) {
    map.each(
        j -> {
          rest.ofR().store(j, loop.kernel.number(Type.F64, 0));
          rest.ofS().store(j, by.load(j));
        });
    loop.count(
        maps.m(),
        j -> {
          loop.team().meet();
          Value ofR = map.ofR().load(j);
          Value ofS = map.ofS().load(j);
          Value slope = LoopKernel.slope(map.tanh().load(j));
          Value before = rest.ofR().load(j);
          Value left = rest.ofS().load(j).minus(ofS.times(slope).times(before));
          Value u = left.over(slope.fma(ofR.times(ofS), slope.number(1)));
          Value factor = slope.times(u.fma(ofR, before));
          loop.team().one(() -> by.store(j, u));
          loop.team()
              .each(
                  j.plus(1),
                  j.number(maps.m()),
                  i -> {
                    rest.ofR().store(i, u.fma(map.r(j, i), rest.ofR().load(i)));
                    rest.ofS().store(i, rest.ofS().load(i).minus(factor.times(map.s(j, i))));
                  });
        });
    loop.team().meet();
  }
}
