package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>The density of given draws is known where every map can be undone. There is no closed KL, nor
 * a variance of each dimension. The code that stands for it is the other distribution's, sent
 * through the maps.
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

    /** Records what it sends to values, [rows, latent], where it can tell. */
    default Optional<Matrix> undone(Matrix moved) {
      return Optional.empty();
    }
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
  public Optional<Rows> logDensityOf(Matrix draws) {
    Matrix z = draws;
    Formula logDensity = START;
    Map<Formula.Operand, Argument> terms = new HashMap<>();
    for (int i = maps.size() - 1; i >= 0; i--) {
      Optional<Matrix> before = maps.get(i).undone(z);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      z = before.get();
      Formula.Operand volume = row("log-volume " + i);
      terms.put(volume, maps.get(i).of(z).logVolume());
      logDensity = logDensity.minus(volume);
    }
    Formula whole = logDensity;
    return start
        .logDensityOf(z)
        .map(
            base -> {
              terms.put(START, base);
              return recorder.sumOverColumns(whole, terms);
            });
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
