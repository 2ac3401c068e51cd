package org.sparkvae.job.data;

import java.util.Locale;
import java.util.Optional;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.shards.StorageChoice.SetSize;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.SourceRole;

/**
 * How a source is cut.
 *
 * @param role of its images
 * @param source none where there is nothing to load
 * @param fraction held out
 * @param shards at most
 * @param fewest images at least
 */
record Plan(SourceRole role, Optional<OpenSource> source, double fraction, int shards, int fewest) {
  /** What is about to be loaded, those held out included. */
  Optional<SetSize> size() {
    return source.map(
        from ->
            new SetSize(
                from.mostImages(),
                shards,
                from.shape().values(),
                names() == Packing.Names.KEPT ? from.nameBytes() : 0));
  }

  /** Only results of test images name them. */
  Packing.Names names() {
    return role == SourceRole.TEST ? Packing.Names.KEPT : Packing.Names.LEFT_OUT;
  }

  /**
   * Refuses a split that leaves too few images.
   *
   * @param path of the source
   * @param bad the images that were left out
   * @throws DataException in one line
   */
  void check(String path, HeldOut split, BadImages bad) {
    if (fraction > 0 && (split.held() == 0 || split.kept() == 0)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holding out %s of %d images%s leaves none to %s; set another fraction",
              path,
              fraction,
              split.images(),
              bad.aside(),
              split.kept() == 0 ? "train on" : "validate on"));
    }
    if (split.kept() < fewest) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d %s %s too few for %d shards%s; set data.shards to %d%s",
              path,
              split.kept(),
              role,
              split.kept() == 1 ? "image is" : "images are",
              fewest,
              bad.aside(),
              split.kept(),
              split.kept() == 1 ? "" : " or fewer"));
    }
  }
}
