package org.sparkvae.posterior.loop;

import java.util.List;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * One map of a planar flow, z + u' tanh(w . z + b), by the threads of a block.
 *
 * @param number of the map; its u, w and b are inputs of the loop
 * @param k values of a row
 */
record PlanarMap(LoopKernel loop, int number, int k) {
  /** How many inputs say a map. */
  static final int PARAMETERS = 3;

  /**
   * What the map is, and its products with a vector.
   *
   * @param square |w|^2
   * @param onward w . u
   * @param reach 1 + w . u'
   * @param along how many w are added to u to give u'
   * @param byW w . vector
   * @param byU u . vector
   */
  record Products(Value square, Value onward, Value reach, Value along, Value byW, Value byU) {
    /** u' . vector. */
    Value byPush() {
      return along.fma(byW, byU);
    }

    /** The determinant where tanh is h, h^2 + (1 - h^2) (1 + w . u'). */
    Value volume(Value h) {
      Value square = h.times(h);
      return square.fma(reach.number(1).minus(reach), reach);
    }
  }

  Products with(SharedArray vector) {
    List<Value> sums =
        loop.team()
            .sums(
                k,
                i -> w(i).times(w(i)),
                i -> w(i).times(u(i)),
                i -> w(i).times(vector.load(i)),
                i -> u(i).times(vector.load(i)));
    Value square = sums.get(0);
    Value onward = sums.get(1);
    Value reach = Elementary.softplus(onward.to(Type.F32)).to(Type.F64);
    Value along = reach.minus(1).minus(onward).over(square);
    return new Products(square, onward, reach, along, sums.get(2), sums.get(3));
  }

  /** Where a value of the image's u or w is. */
  Value place(Value i) {
    return loop.image().times(i.number(k)).plus(i);
  }

  Value u(Value i) {
    return LoopKernel.wide(loop.in(PARAMETERS * number), place(i));
  }

  Value w(Value i) {
    return LoopKernel.wide(loop.in(PARAMETERS * number + 1), place(i));
  }

  Value b() {
    return LoopKernel.wide(loop.in(PARAMETERS * number + 2), loop.image());
  }

  /** A value of u'. */
  Value push(Products products, Value i) {
    return products.along().fma(w(i), u(i));
  }
}
