package org.sparkvae.job.evaluate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.vae.ImageModel;

/**
 * The SHA-256 of all that decides what an evaluation's rows hold: the job's version, model,
 * parameters, images, samples, and the seed. Equal where the rows are, on like processors.
 */
final class Fingerprint {
  /** To be raised where the same model and images come to give other rows. */
  private static final String ROWS = "evaluation rows 5";

  private static final int BUFFER = 1 << 16;

  private Fingerprint() {}

  /**
   * In hexadecimal.
   *
   * @param version of the job
   */
  static String of(
      String version,
      ImageIds images,
      ImageModel spec,
      float[] parameters,
      EvaluationSettings settings,
      Binariser binariser,
      long seed) {
    MessageDigest sha = DigestUtils.getSha256Digest();
    String what =
        String.join(
            "\n",
            ROWS,
            version,
            Long.toHexString(images.digest()),
            spec.toString(),
            settings.toString(),
            binariser.toString(),
            Long.toString(seed),
            "");
    sha.update(what.getBytes(StandardCharsets.UTF_8));
    update(sha, parameters);
    return HexFormat.of().formatHex(sha.digest());
  }

  /** That of a model alone, whatever is scored by it, in hexadecimal. */
  static String ofModel(ImageModel spec, float[] parameters) {
    MessageDigest sha = DigestUtils.getSha256Digest();
    sha.update(spec.toString().getBytes(StandardCharsets.UTF_8));
    update(sha, parameters);
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void update(MessageDigest sha, float[] parameters) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (float parameter : parameters) {
      if (!buffer.hasRemaining()) {
        sha.update(buffer.flip());
        buffer.clear();
      }
      buffer.putFloat(parameter);
    }
    sha.update(buffer.flip());
  }
}
