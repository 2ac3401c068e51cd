package org.sparkvae.posterior.loop;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
  /**
   * A column of an image.
   *
   * @param p its number
   * @param count of its links
   * @param first the place of the first link
   */
  record Column(LoopKernel loop, Value p, Value count, Value first) {
    /** The row of a link, which are numbered from 0. */
    Value row(Value link) {
      return p.plus(1).plus(link);
    }

    /** The place of a link. */
    Value place(Value link) {
      return first.plus(link);
    }

    /** Each link is one thread's. */
    void each(Consumer<Value> body) {
      loop.team().each(p.number(0), count, body);
    }

    /** Every thread takes all links. */
    void all(Consumer<Value> body) {
      loop.kernel.repeat(p.number(0), count, p.number(1), body);
    }

    /** The sum over the links, which every thread is given. */
    Value sum(UnaryOperator<Value> term) {
      return loop.team().sum(p.number(0), count, term);
    }
  }

  /** From the last column to the first. */
  void fromLast(LoopKernel loop, Value image, Consumer<Column> body) {
    Value link = loop.kernel.variable(image.plus(1).times(image.number(links)));
    loop.count(
        k,
        t -> {
          Value p = t.number(k - 1).minus(t);
          Value count = count(p);
          loop.kernel.set(link, link.minus(count));
          body.accept(new Column(loop, p, count, link));
        });
  }

  /** From the first column to the last. */
  void fromFirst(LoopKernel loop, Value image, Consumer<Column> body) {
    Value link = loop.kernel.variable(image.times(image.number(links)));
    loop.count(
        k,
        p -> {
          Value count = count(p);
          body.accept(new Column(loop, p, count, link));
          loop.kernel.set(link, link.plus(count));
        });
  }

  private Value count(Value p) {
    Value end = p.over(p.number(width)).plus(2).times(p.number(width));
    return end.lesser(end.number(k)).minus(p).minus(1);
  }
}
