package org.sparkvae.job.report.html;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The figures of a page that is written several times, each made once for as long as its picture
 * stays the same: making a heavy one light takes as long as drawing it did.
 */
public final class KeptFigures {
  private final Map<String, Kept> kept = new HashMap<>();

  private final Consumer<String> passedOver;

  /**
   * None yet.
   *
   * @param passedOver is told the name of each file that is no picture, once
   */
  public KeptFigures(Consumer<String> passedOver) {
    this.passedOver = passedOver;
  }

  private record Kept(byte[] png, Optional<Figure> figure) {}

  /** As {@link Figure#of}; none where it is no picture. */
  public Optional<Figure> of(String name, byte[] png) {
    Kept before = kept.get(name);
    if (before == null || !Arrays.equals(before.png(), png)) {
      before = new Kept(png, make(name, png));
      kept.put(name, before);
    }
    return before.figure();
  }

  private Optional<Figure> make(String name, byte[] png) {
    try {
      return Optional.of(Figure.of(name, png));
    } catch (IOException noPicture) {
      passedOver.accept(name);
      return Optional.empty();
    }
  }
}
