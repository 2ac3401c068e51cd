package org.sparkvae.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The SHA-256 of each file of a checkpoint, in the format that {@code sha256sum -c} checks. */
public final class Manifest {
  public static final String NAME = "manifest.sha256";

  private Manifest() {}

  /** A line a file: the digest in hexadecimal, two spaces, the name. */
  public static byte[] of(SortedMap<String, byte[]> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach((name, content) -> lines.append(line(name, content)));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The first file that is not as the manifest says, or the manifest; none where all is well. */
  public static Optional<String> fault(byte[] manifest, SortedMap<String, byte[]> files) {
    if (Arrays.equals(manifest, of(files))) {
      return Optional.empty();
    }
    String lines = new String(manifest, StandardCharsets.UTF_8);
    return files.entrySet().stream()
        .filter(file -> !lines.contains(line(file.getKey(), file.getValue())))
        .map(Map.Entry::getKey)
        .findFirst()
        .or(() -> Optional.of(NAME));
  }

  private static String line(String name, byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest) + "  " + name + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
