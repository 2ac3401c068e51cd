package org.sparkvae.job.report.html;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The figures of a page that is written several times, each made once for as long as its picture
 * stays the same: making a heavy one light takes as long as drawing it did.
 */
public final class KeptFigures {
  private final Map<String, Kept> kept = new HashMap<>();

  private record Kept(byte[] png, Figure figure) {}

  /**
   * As {@link Figure#of}.
   *
   * @throws IOException where it is no picture
   */
  public Figure of(String name, byte[] png) throws IOException {
    Kept before = kept.get(name);
    if (before == null || !Arrays.equals(before.png(), png)) {
      before = new Kept(png, Figure.of(name, png));
      kept.put(name, before);
    }
    return before.figure();
  }
}
