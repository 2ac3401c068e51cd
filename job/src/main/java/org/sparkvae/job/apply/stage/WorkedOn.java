package org.sparkvae.job.apply.stage;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Row;
import org.sparkvae.job.scheduling.WorkDone;

/**
 * The rows of groups, each computed when its first row is asked for.
 *
 * @param <T> what a group is
 */
final class WorkedOn<T> implements Iterator<Row> {
  private final Iterator<T> groups;
  private final Function<T, List<Row>> work;
  private final ToLongFunction<T> size;
  private final WorkDone done;
  private Iterator<Row> rows = Collections.emptyIterator();

  /**
   * Of groups.
   *
   * @param size how many items a group has
   * @param done is told of the items of each group
   */
  WorkedOn(Iterator<T> groups, Function<T, List<Row>> work, ToLongFunction<T> size, WorkDone done) {
    this.groups = groups;
    this.work = work;
    this.size = size;
    this.done = done;
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && groups.hasNext()) {
      T group = groups.next();
      rows = work.apply(group).iterator();
      done.add(size.applyAsLong(group));
    }
    return rows.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }
}
