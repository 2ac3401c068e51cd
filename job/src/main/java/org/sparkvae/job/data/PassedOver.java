package org.sparkvae.job.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a folder that are not read, counted by the endings of their names.
 *
 * @param path of the folder
 * @param kinds endings with their dot, in small letters; or that there is none, or that the name
 *     begins with a dot or underscore
 */
public record PassedOver(String path, KindCounts kinds) {
  private static final Set<String> IMAGES =
      Set.of(".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".avif");

  /** Counts files by their paths below the folder. */
  static PassedOver of(String path, Stream<String> names) {
    TreeMap<String, Long> counts = new TreeMap<>();
    names.forEach(name -> counts.merge(kind(name), 1L, Long::sum));
    return new PassedOver(path, KindCounts.of(counts));
  }

  private static String kind(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    if (FolderListing.isHidden(file)) {
      return "hidden";
    }
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "without an ending" : file.substring(dot).toLowerCase(Locale.ROOT);
  }

  /** Endings of images that the job cannot read, in sorted order. */
  public List<String> unreadImages() {
    return kinds.counts().keySet().stream().filter(IMAGES::contains).toList();
  }

  /** As in {@code Passed over 14 files in data/train: 12 .webp, 1 .txt, 1 hidden}. */
  @Override
  public String toString() {
    long files = kinds.total();
    return String.format(
        Locale.ROOT, "Passed over %,d file%s in %s: %s", files, files == 1 ? "" : "s", path, kinds);
  }
}
