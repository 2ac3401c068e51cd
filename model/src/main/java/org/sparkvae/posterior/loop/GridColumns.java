package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.Value;

/**
 * The columns of a grid's factor L: column p reaches to the end of the next row of the grid, and
 * its values below the diagonal, the links, follow those of column p - 1.
 *
 * @param k dimensions
 * @param width dimensions in a row of the grid
 * @param links of an image
 */
public record GridColumns(int k, int width, int links) {
  /** What is done with a column. */
  interface Body {
    /**
     * Does it.
     *
     * @param p the column
     * @param count of its links
     * @param link the place of the first
     */
    void of(Value p, Value count, Value link);
  }

  /** From the last column to the first. */
  void fromLast(LoopKernel loop, Value image, Body body) {
    Value link = loop.kernel.variable(image.plus(1).times(image.number(links)));
    loop.count(
        k,
        t -> {
          Value p = t.number(k - 1).minus(t);
          Value count = count(p);
          loop.kernel.set(link, link.minus(count));
          body.of(p, count, link);
        });
  }

  /** From the first column to the last. */
  void fromFirst(LoopKernel loop, Value image, Body body) {
    Value link = loop.kernel.variable(image.times(image.number(links)));
    loop.count(
        k,
        p -> {
          Value count = count(p);
          body.of(p, count, link);
          loop.kernel.set(link, link.plus(count));
        });
  }

  private Value count(Value p) {
    Value end = p.over(p.number(width)).plus(2).times(p.number(width));
    return end.lesser(end.number(k)).minus(p).minus(1);
  }
}
