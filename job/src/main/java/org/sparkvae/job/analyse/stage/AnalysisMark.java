package org.sparkvae.job.analyse.stage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.evaluate.scoring.ImageIds;

/**
 * The SHA-256 of all that decides what an analysis's rows hold: the job's version, model,
 * parameters, images, the analysis's settings, and the seed. Equal where the rows are, on like
 * processors.
 */
final class AnalysisMark {
  /** To be raised where the same model and images come to give other rows. */
  private static final String ROWS = "analysis rows 1";

  /** As the job's jar says; "null" outside of a jar. */
  private static final String VERSION =
      String.valueOf(AnalysisMark.class.getPackage().getImplementationVersion());

  private AnalysisMark() {}

  /**
   * In hexadecimal.
   *
   * @param dependsOn what else the rows depend on
   */
  static String of(Analysis analysis, AppliedModel model, ImageIds images, List<String> dependsOn) {
    MessageDigest sha = DigestUtils.getSha256Digest();
    String what =
        String.join(
            "\n",
            ROWS,
            VERSION,
            Long.toHexString(images.digest()),
            model.spec().toString(),
            analysis.toString(),
            model.binariser().toString(),
            Long.toString(model.seed()),
            dependsOn.stream().map(of -> of + "\n").collect(Collectors.joining()));
    sha.update(what.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES);
    for (float parameter : model.parameters()) {
      sha.update(bytes.clear().putFloat(parameter).flip());
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
