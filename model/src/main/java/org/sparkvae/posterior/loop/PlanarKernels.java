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
  private static final int PARAMETERS = 3;

  /**
   * What a map is for an image: u' = u + along w.
   *
   * @param square |w|^2
   * @param reach 1 + w . u'
   * @param onward w . u
   */
  private record Bend(Value square, Value onward, Value reach, Value along) {
    static Bend of(Value square, Value onward) {
      Value reach = Elementary.softplus(onward.to(Type.F32)).to(Type.F64);
      return new Bend(square, onward, reach, reach.minus(1).minus(onward).over(square));
    }

    /** The determinant, h^2 + (1 - h^2) (1 + w . u'). */
    Value volume(Value h) {
      Value square = h.times(h);
      return square.fma(reach.number(1).minus(reach), reach);
    }
  }

  @Override
  public void forward(ForwardKernel loop) {
    SharedArray z = loop.vector(k);
    loop.row(
        row -> {
          loop.read(loop.in(PARAMETERS * length), row, k, z);
          Value at = loop.image().times(row.number(k));
          Value nats = loop.variable(0);
          for (int map = 0; map < length; map++) {
            GlobalArray u = loop.in(PARAMETERS * map);
            GlobalArray w = loop.in(PARAMETERS * map + 1);
            List<Value> sums =
                loop.team()
                    .sums(
                        k,
                        i -> LoopKernel.wide(w, at.plus(i)).times(LoopKernel.wide(w, at.plus(i))),
                        i -> LoopKernel.wide(w, at.plus(i)).times(LoopKernel.wide(u, at.plus(i))),
                        i -> LoopKernel.wide(w, at.plus(i)).times(z.load(i)));
            Bend bend = Bend.of(sums.get(0), sums.get(1));
            Value angle =
                sums.get(2).plus(LoopKernel.wide(loop.in(PARAMETERS * map + 2), loop.image()));
            Value h = Elementary.tanh(angle.to(Type.F32)).to(Type.F64);
            Value volume = bend.volume(h).to(Type.F32);
            nats = nats.plus(Elementary.log(volume).to(Type.F64));
            Value place = row.times(row.number(length)).plus(map);
            loop.team().one(() -> loop.kept().store(place, h));
            loop.team()
                .each(
                    k,
                    i -> {
                      Value push = push(bend, u, w, at.plus(i));
                      z.store(i, h.fma(push, z.load(i)));
                    });
          }
          Value sum = nats;
          loop.team().one(() -> loop.rows().store(row, sum));
          loop.write(z, row, k);
        });
  }

  /** u'. */
  private static Value push(Bend bend, GlobalArray u, GlobalArray w, Value place) {
    return bend.along().fma(LoopKernel.wide(w, place), LoopKernel.wide(u, place));
  }

  @Override
  public void backward(BackwardKernel loop) {
    SharedArray z = loop.vector(k);
    SharedArray by = loop.vector(k);
    int last = PARAMETERS * length;
    Value at = loop.image().times(loop.image().number(k));
    List<GlobalArray> sums = new ArrayList<>();
    for (int input = 0; input < last; input++) {
      sums.add(loop.sum(input, input % PARAMETERS == 2 ? 1 : k));
    }
    loop.eachRow(
        row -> {
          loop.read(loop.out(), row, k, z);
          loop.read(loop.byOut(), row, k, by);
          Value byRow = loop.byRows().load(row);
          for (int map = length - 1; map >= 0; map--) {
            Value h = loop.kept().load(row.times(row.number(length)).plus(map));
            int first = PARAMETERS * map;
            backward(loop, first, sums.subList(first, first + PARAMETERS), at, h, byRow, z, by);
          }
          loop.write(by, last, row, k);
        });
  }

  private void backward(
      BackwardKernel loop,
      int first,
      List<GlobalArray> sums,
      Value at,
      Value h,
      Value byRow,
      SharedArray z,
      SharedArray by) {
    GlobalArray u = loop.in(first);
    GlobalArray w = loop.in(first + 1);
    List<Value> products =
        loop.team()
            .sums(
                k,
                i -> LoopKernel.wide(w, at.plus(i)).times(LoopKernel.wide(w, at.plus(i))),
                i -> LoopKernel.wide(w, at.plus(i)).times(LoopKernel.wide(u, at.plus(i))),
                i -> LoopKernel.wide(w, at.plus(i)).times(by.load(i)),
                i -> LoopKernel.wide(u, at.plus(i)).times(by.load(i)));
    Bend bend = Bend.of(products.get(0), products.get(1));
    Value one = h.number(1);
    Value slope = one.minus(h.times(h));
    Value byVolume = byRow.over(bend.volume(h));
    // u' . by.
    Value byHeight =
        bend.along()
            .fma(products.get(2), products.get(3))
            .plus(byVolume.times(h).times(2).times(one.minus(bend.reach())));
    Value byAngle = byHeight.times(slope);
    // The derivative by u' is h by; that by its factor of w is the product of both.
    Value byAlong = h.times(products.get(2)).over(bend.square());
    Value sigmoid = Elementary.sigmoid(bend.onward().to(Type.F32)).to(Type.F64);
    Value byOnward = byVolume.times(slope).times(sigmoid).plus(byAlong.times(sigmoid.minus(1)));
    Value bySquare = byAlong.times(bend.along()).times(-2);
    loop.team()
        .each(
            k,
            i -> {
              Value place = at.plus(i);
              Value ofU = LoopKernel.wide(u, place);
              Value ofW = LoopKernel.wide(w, place);
              Value derivative = by.load(i);
              Value byPush = h.times(derivative);
              Value before = z.load(i).minus(h.times(bend.along().fma(ofW, ofU)));
              Value byW =
                  byAngle
                      .times(before)
                      .plus(bend.along().times(byPush))
                      .plus(byOnward.times(ofU))
                      .plus(bySquare.times(ofW));
              BackwardKernel.add(sums.get(0), place, byOnward.fma(ofW, byPush));
              BackwardKernel.add(sums.get(1), place, byW);
              z.store(i, before);
              by.store(i, byAngle.fma(ofW, derivative));
            });
    loop.team().one(() -> BackwardKernel.add(sums.get(2), loop.image(), byAngle));
  }
}
