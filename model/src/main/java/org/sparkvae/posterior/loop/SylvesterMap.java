package org.sparkvae.posterior.loop;

import java.util.function.Consumer;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Value;

/**
 * The map of a Sylvester flow that a block works on: it turns a row by reflections, adds R tanh(S y
 * + b) to the first m values, and turns it back.
 */
final class SylvesterMap {
  /** How many inputs say a map. */
  static final int PARAMETERS = 2;

  private final LoopKernel loop;
  private final SylvesterKernels maps;
  private final TeamReflection reflection;
  private final SharedArray y;
  private final SharedArray ofR;
  private final SharedArray ofS;
  private final SharedArray tanh;
  private GlobalArray v;
  private GlobalArray r;
  private Value atV;
  private Value atR;

  /** Takes memory of the block. */
  SylvesterMap(LoopKernel loop, SylvesterKernels maps) {
    this.loop = loop;
    this.maps = maps;
    reflection = new TeamReflection(loop.team(), maps.k());
    y = loop.vector(maps.k());
    ofR = loop.vector(maps.m());
    ofS = loop.vector(maps.m());
    tanh = loop.vector(maps.m());
  }

  /** Turns to another map of the block's image. */
  void open(int number) {
    Value image = loop.image();
    v = loop.in(PARAMETERS * number);
    r = loop.in(PARAMETERS * number + 1);
    atV = image.times(image.number(maps.directions()));
    atR = image.times(image.number(maps.size()));
    each(
        j -> {
          ofR.store(j, LoopKernel.tanh(r(j, j)));
          ofS.store(j, LoopKernel.tanh(s(j, j)));
        });
  }

  /** Each of the m values is one thread's. */
  void each(Consumer<Value> body) {
    loop.team().each(maps.m(), body);
  }

  /** The row. */
  SharedArray y() {
    return y;
  }

  /** The diagonal of R. */
  SharedArray ofR() {
    return ofR;
  }

  /** The diagonal of S. */
  SharedArray ofS() {
    return ofS;
  }

  /** tanh(S y + b). */
  SharedArray tanh() {
    return tanh;
  }

  /** A place of R above the diagonal; on it, as the encoder gives it. */
  Value r(Value j, Value i) {
    return LoopKernel.wide(r, placeOfR(j, i));
  }

  /** Likewise of S. */
  Value s(Value j, Value i) {
    return LoopKernel.wide(r, placeOfS(j, i));
  }

  Value b(Value j) {
    return LoopKernel.wide(r, placeOfB(j));
  }

  Value placeOfR(Value j, Value i) {
    // Row j starts after j rows, of which the last is m - j + 1 long.
    Value row = j.times(j.number(2 * maps.m() - 1).minus(j)).shiftRight(1);
    return atR.plus(row).plus(i);
  }

  Value placeOfS(Value j, Value i) {
    return placeOfR(j, i).plus(maps.triangle());
  }

  Value placeOfB(Value j) {
    return atR.plus(2 * maps.triangle()).plus(j);
  }

  /** Turns a row by the directions from the first to the last, or back. */
  void turn(boolean isForth, SharedArray row) {
    for (int t = 0; t < maps.reflections(); t++) {
      int at = (isForth ? t : maps.reflections() - 1 - t) * maps.k();
      reflection.reflect(v, atV.plus(at), row);
    }
  }

  /** The derivatives of turning y. */
  void turnBackward(boolean isForth, GlobalArray byV, SharedArray by) {
    for (int t = 0; t < maps.reflections(); t++) {
      int at = (isForth ? maps.reflections() - 1 - t : t) * maps.k();
      reflection.backward(v, byV, atV.plus(at), y, by);
    }
  }

  /** R tanh, of row j. */
  Value bent(Value j) {
    Value sum = loop.kernel.variable(ofR.load(j).times(tanh.load(j)));
    rest(j, i -> loop.kernel.addProduct(sum, r(j, i), tanh.load(i)));
    return sum;
  }

  /** What stands right of the diagonal in row j. */
  void rest(Value j, Consumer<Value> body) {
    loop.kernel.repeat(j.plus(1), j.number(maps.m()), j.number(1), body);
  }

  /** What stands above the diagonal in column i. */
  void above(Value i, Consumer<Value> body) {
    loop.kernel.repeat(i.number(0), i, i.number(1), body);
  }
}
