package org.sparkvae.device;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What each thread has for itself, and leaves to a later thread when it ends: there are never more
 * than there were threads at one time.
 *
 * @param <T> what a thread has
 */
public final class Inherited<T> {
  private final Supplier<T> create;
  private final Map<Thread, T> owners = new HashMap<>();
  private final ThreadLocal<T> own = new ThreadLocal<>();

  /**
   * Nobody has anything yet.
   *
   * @param create where no thread has left one
   */
  public Inherited(Supplier<T> create) {
    this.create = create;
  }

  /** The calling thread's. */
  public T get() {
    T mine = own.get();
    if (mine == null) {
      mine = take();
      own.set(mine);
    }
    return mine;
  }

  private synchronized T take() {
    T left = left();
    T taken = left == null ? create.get() : left;
    owners.put(Thread.currentThread(), taken);
    return taken;
  }

  private T left() {
    Iterator<Map.Entry<Thread, T>> all = owners.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Thread, T> entry = all.next();
      if (!entry.getKey().isAlive()) {
        all.remove();
        return entry.getValue();
      }
    }
    return null;
  }
}
