package org.sparkvae.job.apply.stage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.sparkvae.job.apply.Application;
import org.sparkvae.kinds.Component;

/**
 * The SHA-256 of all that decides what a stage's rows hold: the job's version, model, parameters,
 * images, the stage's settings, and the seed. Equal where the rows are, on like processors.
 */
final class StageMark {
  /** To be raised where the same model and images come to give other rows. */
  private static final String ROWS = "stage rows 1";

  /** The same of several layers. */
  private static final String ROWS_OF_LAYERS = "stage rows 2";

  /** Settings that decide where results go, and how many files there are of them. */
  private static final Set<String> OF_PLACES = Set.of("directory", "files");

  /** As the job's jar says; "null" outside of a jar. */
  private static final String VERSION =
      String.valueOf(StageMark.class.getPackage().getImplementationVersion());

  private StageMark() {}

  /** In hexadecimal. */
  static String of(Application application, AppliedModel model, Items items) {
    MessageDigest sha = DigestUtils.getSha256Digest();
    String what =
        String.join(
            "\n",
            model.spec().model().layers() > 1 ? ROWS_OF_LAYERS : ROWS,
            VERSION,
            Long.toHexString(items.digest()),
            model.spec().toString(),
            settings(application),
            model.binariser().toString(),
            Long.toString(model.seed()),
            "");
    sha.update(what.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES);
    for (float parameter : model.parameters()) {
      sha.update(bytes.clear().putFloat(parameter).flip());
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static String settings(Application application) {
    return Component.of(application.getClass()).stream()
        .filter(of -> !OF_PLACES.contains(of.key()))
        .map(of -> of.key() + "=" + of.of(application))
        .collect(Collectors.joining(",", application.name() + " ", ""));
  }
}
