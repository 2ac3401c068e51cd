package org.sparkvae.job.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;

/** Some images of a set by id, brought to the driver; for pictures. */
public final class ChosenImages {
  private ChosenImages() {}

  /**
   * The images of the given ids, each alone in its block; ids that the set does not hold are left
   * out.
   */
  public static Map<Long, ImageBlock> of(ImageSet set, List<Long> ids) {
    Set<Long> wanted = new TreeSet<>(ids);
    Map<Long, ImageBlock> chosen = new LinkedHashMap<>();
    set.blocks()
        .mapPartitions(blocks -> choose(blocks, wanted))
        .collect()
        .forEach(image -> chosen.put(image.ids()[0], image));
    return chosen;
  }

  private static Iterator<ImageBlock> choose(Iterator<ImageBlock> blocks, Set<Long> wanted) {
    List<ImageBlock> found = new ArrayList<>();
    while (blocks.hasNext()) {
      ImageBlock block = blocks.next().inHeap();
      for (int i = 0; i < block.size(); i++) {
        if (wanted.contains(block.ids()[i])) {
          found.add(block.alone(i));
        }
      }
    }
    return found.iterator();
  }
}
