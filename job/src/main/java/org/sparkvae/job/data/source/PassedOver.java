package org.sparkvae.job.data.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sparkvae.job.data.faults.KindCounts;

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
