package org.sparkvae.posterior.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * Those of Sylvester flows: from v and r of each map, and last z [rows, k]; kept is the tanh of
 * each row and map, [rows, length, m].
 *
 * @param k values of a row
 * @param m directions of a map
 * @param reflections that turn them
 * @param length maps
 */
public record SylvesterKernels(int k, int m, int reflections, int length) implements LoopKernels {
  private static final int PARAMETERS = 2;

  /** Values of R and S each. */
  private int triangle() {
    return m * (m + 1) / 2;
  }

  /** Values of R, S and b. */
  private int size() {
    return m * (m + 2);
  }

  /** The place (j, i) of a triangle, i at least j. */
  private Value place(Value j, Value i) {
    // Row j starts after j rows, of which the last is m - j + 1 long.
    return j.times(j.number(2 * m - 1).minus(j)).shiftRight(1).plus(i);
  }

  /** The memory of a block, for the map that it works on. */
  private final class Map {
    private final LoopKernel loop;
    private final TeamReflection reflection;

    /** The row of z. */
    private final SharedArray y;

    /** The diagonals of R and S, and the tanh. */
    private final SharedArray ofR;

    private final SharedArray ofS;
    private final SharedArray h;

    private GlobalArray v;
    private GlobalArray r;
    private Value atV;
    private Value atR;

    Map(LoopKernel loop) {
      this.loop = loop;
      reflection = new TeamReflection(loop.team(), k);
      y = loop.vector(k);
      ofR = loop.vector(m);
      ofS = loop.vector(m);
      h = loop.vector(m);
    }

    /** Turns to another map of an image. */
    void open(int number, Value image) {
      v = loop.in(PARAMETERS * number);
      r = loop.in(PARAMETERS * number + 1);
      atV = image.times(image.number(reflections * k));
      atR = image.times(image.number(size()));
      loop.team()
          .each(
              m,
              j -> {
                ofR.store(j, tanh(r(j, j)));
                ofS.store(j, tanh(s(j, j)));
              });
    }

    private Value tanh(Value x) {
      return Elementary.tanh(x.to(Type.F32)).to(Type.F64);
    }

    /** As the encoder gives it. */
    Value r(Value j, Value i) {
      return LoopKernel.wide(r, atR.plus(place(j, i)));
    }

    Value s(Value j, Value i) {
      return LoopKernel.wide(r, atR.plus(triangle()).plus(place(j, i)));
    }

    Value b(Value j) {
      return LoopKernel.wide(r, atR.plus(2 * triangle()).plus(j));
    }

    /** By the directions from the first to the last, or back. */
    void turn(boolean isForth) {
      for (int t = 0; t < reflections; t++) {
        int at = (isForth ? t : reflections - 1 - t) * k;
        reflection.reflect(v, atV.plus(at), y);
      }
    }

    void turnBackward(boolean isForth, GlobalArray byV, SharedArray by) {
      for (int t = 0; t < reflections; t++) {
        int at = (isForth ? reflections - 1 - t : t) * k;
        reflection.backward(v, byV, atV.plus(at), y, by);
      }
    }

    /** R tanh, of row j. */
    Value bent(Value j) {
      Value sum = loop.kernel.variable(ofR.load(j).times(h.load(j)));
      rest(j, i -> loop.kernel.addProduct(sum, r(j, i), h.load(i)));
      return sum;
    }

    /** What stands right of the diagonal in row j. */
    void rest(Value j, Consumer<Value> body) {
      loop.kernel.repeat(j.plus(1), j.number(m), j.number(1), body);
    }

    /** What stands above the diagonal in column i. */
    void above(Value i, Consumer<Value> body) {
      loop.kernel.repeat(i.number(0), i, i.number(1), body);
    }
  }

  @Override
  public void forward(ForwardKernel loop) {
    Map map = new Map(loop);
    loop.row(
        row -> {
          loop.read(loop.in(PARAMETERS * length), row, k, map.y);
          Value nats = loop.variable(0);
          for (int number = 0; number < length; number++) {
            map.open(number, loop.image());
            map.turn(true);
            loop.team().meet();
            Value kept = row.times(row.number(length)).plus(number).times(row.number(m));
            loop.team()
                .each(
                    m,
                    j -> {
                      Value angle =
                          loop.kernel.variable(map.ofS.load(j).fma(map.y.load(j), map.b(j)));
                      map.rest(j, i -> loop.kernel.addProduct(angle, map.s(j, i), map.y.load(i)));
                      Value tanh = map.tanh(angle);
                      map.h.store(j, tanh);
                      loop.kept().store(kept.plus(j), tanh);
                    });
            loop.kernel.add(nats, loop.team().sum(m, j -> logVolume(map, j)));
            loop.team().each(m, j -> map.y.store(j, map.y.load(j).plus(map.bent(j))));
            map.turn(false);
          }
          loop.team().one(() -> loop.rows().store(row, nats));
          loop.write(map.y, row, k);
        });
  }

  private static Value logVolume(Map map, Value j) {
    Value h = map.h.load(j);
    Value reach = map.ofR.load(j).times(map.ofS.load(j));
    Value slope = h.number(1).minus(h.times(h));
    return Elementary.log1p(slope.times(reach).to(Type.F32));
  }

  @Override
  public void backward(BackwardKernel loop) {
    Map map = new Map(loop);
    SharedArray by = loop.vector(k);
    SharedArray byBend = loop.vector(m);
    int last = PARAMETERS * length;
    List<GlobalArray> sums = new ArrayList<>();
    for (int number = 0; number < length; number++) {
      sums.add(loop.sum(PARAMETERS * number, reflections * k));
      sums.add(loop.sum(PARAMETERS * number + 1, size()));
    }
    loop.eachRow(
        row -> {
          loop.read(loop.out(), row, k, map.y);
          loop.read(loop.byOut(), row, k, by);
          Value byRow = loop.byRows().load(row);
          for (int number = length - 1; number >= 0; number--) {
            Value kept = row.times(row.number(length)).plus(number).times(row.number(m));
            map.open(number, loop.image());
            loop.team().each(m, j -> map.h.store(j, loop.kept().load(kept.plus(j))));
            GlobalArray byV = sums.get(PARAMETERS * number);
            map.turnBackward(false, byV, by);
            loop.team().meet();
            bendBackward(loop, map, by, byBend, byRow, sums.get(PARAMETERS * number + 1));
            map.turnBackward(true, byV, by);
          }
          loop.write(by, last, row, k);
        });
  }

  private void bendBackward(
      BackwardKernel loop,
      Map map,
      SharedArray by,
      SharedArray byBend,
      Value byRow,
      GlobalArray byR) {
    loop.team()
        .each(
            m,
            j -> {
              map.y.store(j, map.y.load(j).minus(map.bent(j)));
              Value derivative = by.load(j);
              Value sum = loop.kernel.variable(map.ofR.load(j).times(derivative));
              map.above(j, a -> loop.kernel.addProduct(sum, map.r(a, j), by.load(a)));
              byBend.store(j, sum);
              map.rest(
                  j,
                  i ->
                      BackwardKernel.add(
                          byR, map.atR.plus(place(j, i)), derivative.times(map.h.load(i))));
            });
    loop.team().meet();
    // byBend becomes the derivative by the argument of tanh.
    loop.team()
        .each(
            m,
            j -> {
              Value h = map.h.load(j);
              Value ofR = map.ofR.load(j);
              Value ofS = map.ofS.load(j);
              Value slope = straight(h);
              Value byReach = byRow.over(slope.fma(ofR.times(ofS), slope.number(1)));
              Value byTanh = byBend.load(j).minus(h.times(byReach).times(ofR).times(ofS).times(2));
              Value byAngle = byTanh.times(slope);
              byBend.store(j, byAngle);
              Value alike = byReach.times(slope);
              Value ofDiagonal = by.load(j).times(h).plus(alike.times(ofS)).times(straight(ofR));
              BackwardKernel.add(byR, map.atR.plus(place(j, j)), ofDiagonal);
              Value atS = map.atR.plus(triangle());
              Value ofOther =
                  byAngle.times(map.y.load(j)).plus(alike.times(ofR)).times(straight(ofS));
              BackwardKernel.add(byR, atS.plus(place(j, j)), ofOther);
              map.rest(
                  j,
                  i ->
                      BackwardKernel.add(byR, atS.plus(place(j, i)), byAngle.times(map.y.load(i))));
              BackwardKernel.add(byR, map.atR.plus(2 * triangle()).plus(j), byAngle);
            });
    loop.team().meet();
    loop.team()
        .each(
            m,
            j -> {
              Value sum = loop.kernel.variable(map.ofS.load(j).fma(byBend.load(j), by.load(j)));
              map.above(j, a -> loop.kernel.addProduct(sum, map.s(a, j), byBend.load(a)));
              by.store(j, sum);
            });
  }

  /** The slope of tanh where it is h. */
  private static Value straight(Value h) {
    return h.number(1).minus(h.times(h));
  }
}
