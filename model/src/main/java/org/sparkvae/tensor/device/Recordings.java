package org.sparkvae.tensor.device;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sparkvae.device.Device;

/**
 * Recorded work by the objects that launch it, as long as these live: a long job makes programs for
 * each of its tasks. Safe for threads.
 */
final class Recordings {
  /** Work and its owner, who must not be kept by this. */
  private static final class Owned extends WeakReference<Object> {
    private final Device.Recorded recorded;

    Owned(Object owner, Device.Recorded recorded, ReferenceQueue<Object> dead) {
      super(owner, dead);
      this.recorded = recorded;
    }
  }

  private final Device device;
  private final ReferenceQueue<Object> dead = new ReferenceQueue<>();

  /** References that nobody holds are never told of. */
  private final Set<Owned> all = ConcurrentHashMap.newKeySet();

  Recordings(Device device) {
    this.device = device;
  }

  /** Records work, and frees that of owners who are gone. */
  Device.Recorded record(Object owner, Runnable work) {
    freeDead();
    Device.Recorded recorded = device.record(work);
    all.add(new Owned(owner, recorded, dead));
    return recorded;
  }

  private void freeDead() {
    for (Reference<?> gone = dead.poll(); gone != null; gone = dead.poll()) {
      Owned owned = (Owned) gone;
      all.remove(owned);
      owned.recorded.free();
    }
  }
}
