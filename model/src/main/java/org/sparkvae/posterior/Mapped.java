package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;

/**
 * Draws of another distribution, sent through invertible maps one after the other: log q(f(z)) =
 * log q(z) - log |det df/dz|, nats (Rezende & Mohamed, 2015, eq. 5 and 7).
 *
 * <p>The density is known of its own draws alone. There is no closed KL, nor a variance of each
 * dimension. The code that stands for it is the other distribution's, sent through the maps.
 *
 * @param start what is mapped
 * @param maps in their order
 */
record Mapped(Recorder recorder, Samplable start, List<Step> maps) implements Samplable {
  private static final Formula.Operand START = row("log-density of the base");

  /** An invertible map of each image. */
  @FunctionalInterface
  interface Step {
    /** Records where it sends values, [rows, latent]. */
    Moved of(Matrix z);
  }

  /**
   * What a map makes of values.
   *
   * @param value f(z), [rows, latent]
   * @param logVolume log |det df/dz|, [rows]
   */
  record Moved(Matrix value, Rows logVolume) {}

  @Override
  public Drawn draw() {
    Drawn drawn = start.draw();
    Matrix z = drawn.value();
    Formula logDensity = START;
    Map<Formula.Operand, Argument> terms = new HashMap<>();
    terms.put(START, drawn.logDensity());
    for (int i = 0; i < maps.size(); i++) {
      Moved moved = maps.get(i).of(z);
      z = moved.value();
      Formula.Operand volume = row("log-volume " + i);
      terms.put(volume, moved.logVolume());
      logDensity = logDensity.minus(volume);
    }
    return new Drawn(z, recorder.sumOverColumns(logDensity, terms));
  }

  @Override
  public Matrix mean() {
    Matrix z = start.mean();
    for (Step map : maps) {
      z = map.of(z).value();
    }
    return z;
  }
}
