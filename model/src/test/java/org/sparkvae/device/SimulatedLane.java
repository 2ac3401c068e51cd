package org.sparkvae.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What orders the work of a thread on a simulated device, and what it records. */
final class SimulatedLane {
  /** A library for the work of the thread, or for that aside. */
  private record Library(Precision precision, boolean isAside) {}

  /**
   * What work asks for.
   *
   * @param aside done as late as it may be: what it reads must still be there
   */
  record Record(List<Runnable> inOrder, List<Runnable> aside) {}

  private final Set<Library> open = new HashSet<>();
  private List<Runnable> recorded;
  private List<Runnable> later;
  private boolean isAside;

  boolean isRecording() {
    return recorded != null;
  }

  /** While work is recorded. */
  void add(Runnable work) {
    (isAside ? later : recorded).add(work);
  }

  void aside(Runnable work) {
    boolean before = isAside;
    isAside = true;
    try {
      work.run();
    } finally {
      isAside = before;
    }
  }

  Record record(Runnable work) {
    recorded = new ArrayList<>();
    later = new ArrayList<>();
    try {
      work.run();
      return new Record(recorded, later);
    } finally {
      recorded = null;
      later = null;
    }
  }

  /** As of a card, whose streams have a library each. */
  void open(Precision precision) {
    open(new Library(precision, false));
    if (isAside) {
      open(new Library(precision, true));
    }
  }

  private void open(Library library) {
    if (isRecording() && !open.contains(library)) {
      throw new DeviceException("a library is opened while work is recorded");
    }
    open.add(library);
  }
}
