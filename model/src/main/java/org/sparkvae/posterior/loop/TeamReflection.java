package org.sparkvae.posterior.loop;

import java.util.List;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Team;
import org.sparkvae.device.code.Value;

/**
 * A reflection, x - 2 v (v . x) / |v|^2, by the threads of a block. Where v is 0, the values stay
 * as they are.
 *
 * @param k values of a row
 */
record TeamReflection(Team team, int k) {
  /**
   * x becomes its reflection.
   *
   * @param v the direction from place at on
   * @param x float64
   */
  void reflect(GlobalArray v, Value at, SharedArray x) {
    List<Value> sums =
        team.sums(
            k, i -> square(v, at.plus(i)), i -> LoopKernel.wide(v, at.plus(i)).times(x.load(i)));
    Value length = sums.get(1).times(twoOver(sums.get(0))).negated();
    team.each(k, i -> x.store(i, length.fma(LoopKernel.wide(v, at.plus(i)), x.load(i))));
  }

  /**
   * The derivatives.
   *
   * @param byV added to from place at on
   * @param x what the reflection gave; becomes what it was given
   * @param by the derivative by x; becomes that by what it was given
   */
  void backward(GlobalArray v, GlobalArray byV, Value at, SharedArray x, SharedArray by) {
    List<Value> sums =
        team.sums(
            k,
            i -> square(v, at.plus(i)),
            i -> LoopKernel.wide(v, at.plus(i)).times(x.load(i)),
            i -> LoopKernel.wide(v, at.plus(i)).times(by.load(i)));
    Value twice = twoOver(sums.get(0));
    // v . x changes its sign from before to after.
    Value length = sums.get(1).times(twice).negated();
    Value byAlong = sums.get(2).times(twice).negated();
    Value byLength = length.times(byAlong).negated();
    team.each(
        k,
        i -> {
          Value place = at.plus(i);
          Value direction = LoopKernel.wide(v, place);
          Value before = length.fma(direction, x.load(i));
          Value derivative = by.load(i);
          Value share =
              byAlong.fma(before, byLength.times(direction)).minus(length.times(derivative));
          x.store(i, before);
          by.store(i, byAlong.fma(direction, derivative));
          BackwardKernel.add(byV, place, share);
        });
  }

  private static Value square(GlobalArray v, Value place) {
    Value value = LoopKernel.wide(v, place);
    return value.times(value);
  }

  /** 2 / |v|^2; 0 where v is 0, which reflects nothing. */
  private static Value twoOver(Value square) {
    return square.number(2).over(square).blend(0, square.isEqual(0));
  }
}
