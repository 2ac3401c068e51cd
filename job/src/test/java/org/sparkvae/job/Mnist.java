package org.sparkvae.job;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The real MNIST, which the build unpacks, and a small model of a few of its images. */
final class Mnist {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

  private static final Path FOLDER = Path.of("target", "datasets", "mnist");
  private static final Path CHECKSUMS = Path.of("..", "submit", "fetch");

  private Mnist() {}

  /** The path of a file whose SHA-256 is the one that submit/fetch asks for. */
  static String file(String name) throws IOException {
    Path file = FOLDER.resolve(name).toAbsolutePath();
    String sum = HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)));
    if (!sum.equals(checksum(name))) {
      throw new AssertionError(file + " has not the SHA-256 of " + CHECKSUMS + ", but " + sum);
    }
    return file.toString();
  }

  /** The first labels of the test images. */
  static int[] testLabels(int count) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new GZIPInputStream(Files.newInputStream(Path.of(file(TEST_LABELS)))))) {
      in.skipNBytes(8);
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = in.readUnsignedByte();
      }
      return labels;
    }
  }

  /**
   * Writes settings: 3 epochs on 1,000 training images in 2 shards, 100 samples of 20 test images.
   *
   * @param more settings that go before these
   */
  static String conf(Path folder, String more) throws IOException {
    String conf =
        """
        data {
          train { source = idx, path = "%s", labels = "%s", limit = 1000 }
          test { source = idx, path = "%s", labels = "%s", limit = 20 }
          shards = 2
          block-images = 100
        }
        model { latent = 5, encoder.hidden = [40], decoder.hidden = [40] }
        training { epochs = 3, batch = 20, averaging.every = 5 }
        evaluation { samples = 100, block = 30 }
        """
            .formatted(
                file(TRAIN_IMAGES), file(TRAIN_LABELS), file(TEST_IMAGES), file(TEST_LABELS));
    return Files.writeString(folder.resolve("mnist.conf"), conf + more).toString();
  }

  private static String checksum(String name) throws IOException {
    Matcher line =
        Pattern.compile("(?m)^([0-9a-f]{64}) {2}" + Pattern.quote(name) + "$")
            .matcher(Files.readString(CHECKSUMS));
    if (!line.find()) {
      throw new AssertionError("no SHA-256 of " + name + " in " + CHECKSUMS);
    }
    return line.group(1);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
