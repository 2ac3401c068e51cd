package org.sparkvae.job.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Images of 28 x 28 random grey pixels, in an IDX file: what matters to time and memory is their
 * number.
 *
 * @param count how many
 */
record SyntheticImages(int count) {
  /** Unsigned bytes in three dimensions (LeCun's IDX format). */
  private static final int MAGIC = 0x00000803;

  private static final int SIDE = 28;

  /** Writes the file; the same count gives the same bytes. */
  void write(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(count);
    byte[] image = new byte[SIDE * SIDE];
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(MAGIC);
      out.writeInt(count);
      out.writeInt(SIDE);
      out.writeInt(SIDE);
      for (int i = 0; i < count; i++) {
        random.nextBytes(image);
        out.write(image);
      }
    }
  }
}
