package org.sparkvae.job.train.worker;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.job.train.weights.ArrayWeights;

/**
 * Arrays of a worker for a part of the weights of all workers, which it averages; the same
 * whichever part it is. Not thread-safe, but others may read the average.
 */
public final class PartArrays {
  private final ArrayWeights whole;
  private final int parts;

  /** For the average, then for what is received. */
  private final List<ArrayWeights> rooms = new ArrayList<>();

  /** As many places of them as the part has that was asked for last. */
  private final List<ArrayWeights> places = new ArrayList<>();

  private int last = -1;

  /**
   * Arrays for one of several parts.
   *
   * @param whole of the worker
   */
  PartArrays(ArrayWeights whole, int parts) {
    this.whole = whole;
    this.parts = parts;
  }

  /** How many parts there are. */
  int parts() {
    return parts;
  }

  /** For the average of a part. */
  public ArrayWeights average(int part) {
    return room(0, part);
  }

  /** For a part of another worker, of which there are several, from 0. */
  public ArrayWeights received(int number, int part) {
    return room(1 + number, part);
  }

  private ArrayWeights room(int number, int part) {
    if (part != last) {
      places.clear();
      last = part;
    }
    while (places.size() <= number) {
      int next = places.size();
      if (next == rooms.size()) {
        rooms.add(whole.forAPart(parts));
      }
      places.add(whole.placesOfPart(part, parts, rooms.get(next)));
    }
    return places.get(number);
  }
}
