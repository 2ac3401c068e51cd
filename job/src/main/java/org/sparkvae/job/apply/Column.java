package org.sparkvae.job.apply;

import java.util.Optional;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;

/**
 * A column of the images' table says which pixels are missing: an array of truth values or numbers,
 * or bytes, row by row, not 0 where a pixel is missing.
 *
 * @param name of the column
 */
public record Column(
    @Setting(
            says =
                "The column of the test images' table that tells the missing pixels: an array of"
                    + " truth values or numbers, or bytes, row by row; not 0 where one is missing.",
            otherwise = "mask")
        String name)
    implements MissingPixels {
  @Override
  public boolean[] of(Shape shape, byte[] mask, long key) {
    int pixels = shape.height() * shape.width();
    if (mask == null || mask.length != pixels) {
      throw new IllegalArgumentException(
          "the column %s holds %s for its %d pixels"
              .formatted(name, mask == null ? "nothing" : mask.length + " values", pixels));
    }
    boolean[] missing = new boolean[pixels];
    for (int i = 0; i < pixels; i++) {
      missing[i] = mask[i] != 0;
    }
    return missing;
  }

  @Override
  public Optional<String> column() {
    return Optional.of(name);
  }
}
