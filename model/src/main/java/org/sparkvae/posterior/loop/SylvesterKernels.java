package org.sparkvae.posterior.loop;

import java.util.ArrayList;
import java.util.List;
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
  /** Values of R and S each. */
  int triangle() {
    return m * (m + 1) / 2;
  }

  /** Values of R, S and b. */
  int size() {
    return m * (m + 2);
  }

  /** Values of v. */
  int directions() {
    return reflections * k;
  }

  /** The input that the maps are of. */
  int given() {
    return SylvesterMap.PARAMETERS * length;
  }

  /** Where the tanh of a row and map are kept from. */
  Value kept(Value row, int number) {
    return row.times(row.number(length)).plus(number).times(row.number(m));
  }

  @Override
  public void forward(ForwardKernel loop) {
    SylvesterMap map = new SylvesterMap(loop, this);
    loop.row(
        row -> {
          loop.read(loop.in(given()), row, k, map.y());
          Value nats = loop.variable(0);
          for (int number = 0; number < length; number++) {
            map.open(number);
            map.turn(true, map.y());
            loop.team().meet();
            Value kept = kept(row, number);
            map.each(
                j -> {
                  Value angle =
                      loop.kernel.variable(map.ofS().load(j).fma(map.y().load(j), map.b(j)));
                  map.rest(j, i -> loop.kernel.addProduct(angle, map.s(j, i), map.y().load(i)));
                  Value tanh = LoopKernel.tanh(angle);
                  map.tanh().store(j, tanh);
                  loop.kept().store(kept.plus(j), tanh);
                });
            loop.kernel.add(nats, loop.team().sum(m, j -> logVolume(map, j)));
            map.each(j -> map.y().store(j, map.y().load(j).plus(map.bent(j))));
            map.turn(false, map.y());
          }
          loop.team().one(() -> loop.rows().store(row, nats));
          loop.write(map.y(), row, k);
        });
  }

  private static Value logVolume(SylvesterMap map, Value j) {
    Value reach = map.ofR().load(j).times(map.ofS().load(j));
    return Elementary.log1p(LoopKernel.slope(map.tanh().load(j)).times(reach).to(Type.F32));
  }

  @Override
  public void backward(BackwardKernel loop) {
    SylvesterMap map = new SylvesterMap(loop, this);
    SharedArray by = loop.vector(k);
    SharedArray byBend = loop.vector(m);
    List<GlobalArray> sums = sums(loop);
    loop.eachRow(
        row -> {
          loop.read(loop.out(), row, k, map.y());
          loop.read(loop.byOut(), row, k, by);
          backward(loop, map, row, loop.byRows().load(row), sums, by, byBend);
          loop.write(by, given(), row, k);
        });
  }

  /** The derivatives by the parameters. */
  List<GlobalArray> sums(BackwardKernel loop) {
    List<GlobalArray> sums = new ArrayList<>();
    for (int number = 0; number < length; number++) {
      sums.add(loop.sum(SylvesterMap.PARAMETERS * number, directions()));
      sums.add(loop.sum(SylvesterMap.PARAMETERS * number + 1, size()));
    }
    return sums;
  }

  /**
   * All maps of a row.
   *
   * @param map has what the maps gave; it becomes what they were given
   * @param byRow the derivative by the row's value
   * @param sums added to
   * @param by the derivative by what they gave; becomes that by what they were given
   * @param byBend memory for m values
   */
  void backward(
      BackwardKernel loop,
      SylvesterMap map,
      Value row,
      Value byRow,
      List<GlobalArray> sums,
      SharedArray by,
      SharedArray byBend) {
    for (int number = length - 1; number >= 0; number--) {
      Value kept = kept(row, number);
      map.open(number);
      map.each(j -> map.tanh().store(j, loop.kept().load(kept.plus(j))));
      GlobalArray byV = sums.get(SylvesterMap.PARAMETERS * number);
      map.turnBackward(false, byV, by);
      loop.team().meet();
      bendBackward(loop, map, by, byBend, byRow, sums.get(SylvesterMap.PARAMETERS * number + 1));
      map.turnBackward(true, byV, by);
    }
  }

  private void bendBackward(
      BackwardKernel loop,
      SylvesterMap map,
      SharedArray by,
      SharedArray byBend,
      Value byRow,
      GlobalArray byR) {
    map.each(
        j -> {
          map.y().store(j, map.y().load(j).minus(map.bent(j)));
          Value derivative = by.load(j);
          Value sum = loop.kernel.variable(map.ofR().load(j).times(derivative));
          map.above(j, a -> loop.kernel.addProduct(sum, map.r(a, j), by.load(a)));
          byBend.store(j, sum);
          map.rest(
              j,
              i ->
                  BackwardKernel.add(
                      byR, map.placeOfR(j, i), derivative.times(map.tanh().load(i))));
        });
    loop.team().meet();
    // byBend becomes the derivative by the argument of tanh.
    map.each(
        j -> {
          Value h = map.tanh().load(j);
          Value ofR = map.ofR().load(j);
          Value ofS = map.ofS().load(j);
          Value slope = LoopKernel.slope(h);
          Value byReach = byRow.over(slope.fma(ofR.times(ofS), slope.number(1)));
          Value byTanh = byBend.load(j).minus(h.times(byReach).times(ofR).times(ofS).times(2));
          Value byAngle = byTanh.times(slope);
          byBend.store(j, byAngle);
          Value alike = byReach.times(slope);
          Value ofDiagonal =
              by.load(j).times(h).plus(alike.times(ofS)).times(LoopKernel.slope(ofR));
          BackwardKernel.add(byR, map.placeOfR(j, j), ofDiagonal);
          Value ofOther =
              byAngle.times(map.y().load(j)).plus(alike.times(ofR)).times(LoopKernel.slope(ofS));
          BackwardKernel.add(byR, map.placeOfS(j, j), ofOther);
          map.rest(
              j, i -> BackwardKernel.add(byR, map.placeOfS(j, i), byAngle.times(map.y().load(i))));
          BackwardKernel.add(byR, map.placeOfB(j), byAngle);
        });
    loop.team().meet();
    map.each(
        j -> {
          Value sum = loop.kernel.variable(map.ofS().load(j).fma(byBend.load(j), by.load(j)));
          map.above(j, a -> loop.kernel.addProduct(sum, map.s(a, j), byBend.load(a)));
          by.store(j, sum);
        });
  }
}
