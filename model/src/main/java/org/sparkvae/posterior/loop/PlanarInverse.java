package org.sparkvae.posterior.loop;

import java.util.List;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Value;

/**
 * Those of the inverse of planar flows, with the inputs and what is kept of the flows' own.
 *
 * @param maps what is taken back
 */
public record PlanarInverse(PlanarKernels maps) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    int k = maps.k();
    SharedArray z = loop.vector(k);
    loop.row(
        row -> {
          loop.read(loop.in(maps.given()), row, k, z);
          for (int number = maps.length() - 1; number >= 0; number--) {
            PlanarMap map = new PlanarMap(loop, number, k);
            PlanarMap.Products products = map.with(z);
            Value b = map.b();
            BentLine line = new BentLine(products.reach().minus(1), b.number(1), b);
            Value h = line.tanh(line.inverse(loop.kernel, products.byW()));
            Value place = maps.kept(row, number);
            loop.team().one(() -> loop.kept().store(place, h));
            Value back = h.negated();
            loop.team().each(k, i -> z.store(i, back.fma(map.push(products, i), z.load(i))));
          }
          loop.write(z, row, k);
        });
  }

  /**
   * The derivative by what the maps gave is that by what they were given, times the inverse of
   * their Jacobian; that by their parameters is theirs for it, negated.
   */
  @Override
  public void backward(BackwardKernel loop) {
    int k = maps.k();
    SharedArray moved = loop.vector(k);
    SharedArray by = loop.vector(k);
    SharedArray byMoved = loop.vector(k);
    List<GlobalArray> sums = maps.sums(loop);
    loop.eachRow(
        row -> {
          loop.read(loop.in(maps.given()), row, k, moved);
          loop.read(loop.byOut(), row, k, by);
          for (int number = 0; number < maps.length(); number++) {
            Value h = loop.kept().load(maps.kept(row, number));
            transport(new PlanarMap(loop, number, k), h, by);
          }
          loop.team()
              .each(
                  k,
                  i -> {
                    byMoved.store(i, by.load(i));
                    by.store(i, by.load(i).negated());
                  });
          maps.backward(loop, row, loop.variable(0), sums, moved, by);
          loop.write(byMoved, maps.given(), row, k);
        });
  }

  private void transport(PlanarMap map, Value h, SharedArray by) {
    PlanarMap.Products products = map.with(by);
    Value slope = LoopKernel.slope(h);
    Value factor = slope.times(products.byPush()).over(products.volume(h)).negated();
    map.loop().team().each(maps.k(), i -> by.store(i, factor.fma(map.w(i), by.load(i))));
  }
}
