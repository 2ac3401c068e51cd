package org.sparkvae.tensor.device;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sparkvae.device.DeviceMemoryException;

/**
 * Shadows by the objects that they are of, as long as these live; safe for threads.
 *
 * <p>Java collects objects when its own heap is full, not when the device's memory is: where that
 * is short, they are collected at once.
 */
final class Shadows {
  /** How often Java is asked to collect where the device is full. */
  private static final int TIMES = 3;

  /** How long to wait for the first object that Java has collected to be reported. */
  private static final long MILLIS = 1000;

  /** How long to wait for each other. */
  private static final long MILLIS_BETWEEN = 50;

  /** Equal to another of the same object only. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object of, ReferenceQueue<Object> dead) {
      super(of, dead);
      hash = System.identityHashCode(of);
    }

    @Override
    public boolean equals(Object other) {
      return this == other || other instanceof Key key && key.get() == get() && get() != null;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** What a map is asked for a key by, as a reference that Java watches costs more. */
  private record Sought(Object of) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.get() == of;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(of);
    }
  }

  private final Map<Object, Shadow> shadows = new HashMap<>();
  private final ReferenceQueue<Object> dead = new ReferenceQueue<>();

  /** Whether any was added that never changes, and not given up. */
  private volatile boolean keepAny;

  /** Whether the device was too small for what never changes beside the rest. */
  private boolean isShort;

  /**
   * The shadow of an object; a new one frees those of objects that are gone.
   *
   * @throws DeviceMemoryException where the device has no memory for it
   */
  synchronized Shadow of(Object object, Supplier<Shadow> create) {
    Shadow known = shadows.get(new Sought(object));
    if (known == null) {
      freeDead();
      known = withRoom(create);
      shadows.put(new Key(object, dead), known);
    }
    return known;
  }

  /** The shadow of an object; null where it has none. */
  synchronized Shadow known(Object object) {
    return shadows.get(new Sought(object));
  }

  /** Adds the shadow of an object that has none. */
  synchronized void add(Object object, Shadow shadow) {
    freeDead();
    shadows.put(new Key(object, dead), shadow);
    keepAny |= shadow instanceof Shadow.OfBytes;
  }

  /** Whether there are any that never change. */
  boolean keepAny() {
    return keepAny;
  }

  /** Whether those that never change were given up for others, and none is to be added. */
  synchronized boolean isShort() {
    return isShort;
  }

  /** Does work that asks for what reads shadows that never change: none is given up meanwhile. */
  synchronized void whileKept(Runnable work) {
    work.run();
  }

  /** Bytes of those that never change, without those of objects that are gone. */
  synchronized long kept() {
    freeDead();
    return shadows.values().stream()
        .filter(Shadow.OfBytes.class::isInstance)
        .mapToLong(Shadow::bytes)
        .sum();
  }

  /** All that there are. */
  synchronized List<Shadow> all() {
    return List.copyOf(shadows.values());
  }

  /**
   * What takes memory of the device, once more without the shadows of objects that are gone where
   * there is none left, then without those that never change.
   *
   * @throws DeviceMemoryException where there is none even then
   */
  synchronized <T> T withRoom(Supplier<T> taking) {
    try {
      return taking.get();
    } catch (DeviceMemoryException e) {
      if (!collect() && !giveUpKept()) {
        throw e;
      }
    }
    try {
      return taking.get();
    } catch (DeviceMemoryException e) {
      if (!giveUpKept()) {
        throw e;
      }
      return taking.get();
    }
  }

  /**
   * Frees those that never change, which are sent from the host instead; whether there were any.
   */
  private boolean giveUpKept() {
    isShort = true;
    keepAny = false;
    List<Object> kept =
        shadows.entrySet().stream()
            .filter(entry -> entry.getValue() instanceof Shadow.OfBytes)
            .map(Map.Entry::getKey)
            .toList();
    kept.forEach(this::free);
    return !kept.isEmpty();
  }

  /** Has Java collect what it can; whether that freed anything. */
  private boolean collect() {
    int before = shadows.size();
    try {
      for (int time = 0; time < TIMES && shadows.size() == before; time++) {
        System.gc();
        Object key = dead.remove(MILLIS);
        while (key != null) {
          free(key);
          key = dead.remove(MILLIS_BETWEEN);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return shadows.size() < before;
  }

  private void freeDead() {
    for (Object key = dead.poll(); key != null; key = dead.poll()) {
      free(key);
    }
  }

  private void free(Object key) {
    Shadow shadow = shadows.remove(key);
    if (shadow != null) {
      shadow.free();
    }
  }
}
