package org.sparkvae.posterior.loop;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * Those of planar flows: from u, w and b of each map, and last z [rows, k]; kept is the tanh of
 * each row and map, [rows, length].
 *
 * @param k values of a row
 * @param length maps
 */
public record PlanarKernels(int k, int length) implements LoopKernels {
  /** The input that the maps are of. */
  int given() {
    return PlanarMap.PARAMETERS * length;
  }

  /** Where the tanh of a row and map is kept. */
  Value kept(Value row, int map) {
    return row.times(row.number(length)).plus(map);
  }

  @Override
  public void forward(ForwardKernel loop) {
    SharedArray z = loop.vector(k);
    loop.row(
        row -> {
          loop.read(loop.in(given()), row, k, z);
          Value nats = loop.variable(0);
          for (int number = 0; number < length; number++) {
            PlanarMap map = new PlanarMap(loop, number, k);
            PlanarMap.Products products = map.with(z);
            Value angle = products.byW().plus(map.b());
            Value h = LoopKernel.tanh(angle);
            Value volume = products.volume(h).to(Type.F32);
            nats = nats.plus(Elementary.log(volume).to(Type.F64));
            Value place = kept(row, number);
            loop.team().one(() -> loop.kept().store(place, h));
            loop.team().each(k, i -> z.store(i, h.fma(map.push(products, i), z.load(i))));
          }
          Value sum = nats;
          loop.team().one(() -> loop.rows().store(row, sum));
          loop.write(z, row, k);
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    SharedArray z = loop.vector(k);
    SharedArray by = loop.vector(k);
    List<GlobalArray> sums = sums(loop);
    loop.eachRow(
        row -> {
          loop.read(loop.out(), row, k, z);
          loop.read(loop.byOut(), row, k, by);
          backward(loop, row, loop.byRows().load(row), sums, z, by);
          loop.write(by, given(), row, k);
        });
  }

  /** The derivatives by the parameters. */
  List<GlobalArray> sums(BackwardKernel loop) {
    List<GlobalArray> sums = new ArrayList<>();
    for (int input = 0; input < given(); input++) {
      boolean isB = input % PlanarMap.PARAMETERS == 2;
      sums.add(loop.sum(input, isB ? 1 : k));
    }
    return sums;
  }

  /**
   * All maps of a row.
   *
   * @param byRow the derivative by the row's value
   * @param sums added to
   * @param z what the maps gave; becomes what they were given
   * @param by the derivative by what they gave; becomes that by what they were given
   */
  void backward(
      BackwardKernel loop,
      Value row,
      Value byRow,
      List<GlobalArray> sums,
      SharedArray z,
      SharedArray by) {
    for (int number = length - 1; number >= 0; number--) {
      int first = PlanarMap.PARAMETERS * number;
      PlanarMap map = new PlanarMap(loop, number, k);
      Value h = loop.kept().load(kept(row, number));
      backward(map, h, byRow, sums.subList(first, first + PlanarMap.PARAMETERS), z, by);
    }
  }

  private void backward(
      PlanarMap map, Value h, Value byRow, List<GlobalArray> sums, SharedArray z, SharedArray by) {
    PlanarMap.Products products = map.with(by);
    Value one = h.number(1);
    Value slope = LoopKernel.slope(h);
    Value byVolume = byRow.over(products.volume(h));
    Value byHeight =
        products.byPush().plus(byVolume.times(h).times(2).times(one.minus(products.reach())));
    Value byAngle = byHeight.times(slope);
    // The derivative by u' is h by; that by its factor of w is the product of both.
    Value byAlong = h.times(products.byW()).over(products.square());
    Value sigmoid = Elementary.sigmoid(products.onward().to(Type.F32)).to(Type.F64);
    Value byOnward = byVolume.times(slope).times(sigmoid).plus(byAlong.times(sigmoid.minus(1)));
    Value bySquare = byAlong.times(products.along()).times(-2);
    map.loop()
        .team()
        .each(
            k,
            i -> {
              Value place = map.place(i);
              Value u = map.u(i);
              Value w = map.w(i);
              Value derivative = by.load(i);
              Value byPush = h.times(derivative);
              Value before = z.load(i).minus(h.times(products.along().fma(w, u)));
              Value byW =
                  byAngle
                      .times(before)
                      .plus(products.along().times(byPush))
                      .plus(byOnward.times(u))
                      .plus(bySquare.times(w));
              BackwardKernel.add(sums.get(0), place, byOnward.fma(w, byPush));
              BackwardKernel.add(sums.get(1), place, byW);
              z.store(i, before);
              by.store(i, byAngle.fma(w, derivative));
            });
    map.loop().team().one(() -> BackwardKernel.add(sums.get(2), map.loop().image(), byAngle));
  }
}
