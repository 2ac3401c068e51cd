package org.sparkvae.job.apply.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.evaluate.scoring.IdRanges;

/** The images of a task, which takes them all into its heap: sorted by id, group by group. */
final class SortedImages implements Iterator<List<SeenImage>> {
  private final List<Place> places = new ArrayList<>();
  private final IdRanges groups;
  private final Seeing seeing;
  private int next;

  /** Where an image is. */
  private record Place(long id, MaskedImages part, int image) {}

  SortedImages(Iterator<MaskedImages> parts, IdRanges groups, Seeing seeing) {
    this.groups = groups;
    this.seeing = seeing;
    parts.forEachRemaining(
        part -> {
          long[] ids = part.images().ids();
          for (int i = 0; i < ids.length; i++) {
            places.add(new Place(ids[i], part, i));
          }
        });
    places.sort(Comparator.comparingLong(Place::id));
  }

  @Override
  public boolean hasNext() {
    return next < places.size();
  }

  @Override
  public List<SeenImage> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int group = groups.getPartition(places.get(next).id());
    List<SeenImage> together = new ArrayList<>();
    while (hasNext() && groups.getPartition(places.get(next).id()) == group) {
      Place place = places.get(next++);
      together.add(seeing.of(place.part().images(), place.image(), place.part().mask()));
    }
    return together;
  }
}
