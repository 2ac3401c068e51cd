package org.sparkvae.archive;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a run's directory of checkpoints: {@code epoch-NNNNNN/} with {@link #MODEL}, {@link
 * #STATE} and {@link Manifest#NAME}.
 */
public final class CheckpointFiles {
  /** The directory of checkpoints in that of a run. */
  public static final String DIRECTORY = "checkpoints";

  /** The network, as {@link NetworkArchive} writes it. */
  public static final String MODEL = "model.zip";

  /** Where training stood. */
  public static final String STATE = "state.json";

  /**
   * Says that training is done, and by a line which checkpoint has the run's model: the best one
   * where training stopped for want of a better. Runs of earlier versions have an empty one.
   */
  public static final String TRAINED = "_TRAINED";

  /** The files that the manifest has digests of. */
  public static final List<String> ALL = List.of(MODEL, STATE);

  private static final Pattern NAME = Pattern.compile("epoch-(\\d{6,9})");

  private CheckpointFiles() {}

  /** The directory of an epoch's checkpoint. */
  public static String name(int epoch) {
    return String.format(Locale.ROOT, "epoch-%06d", epoch);
  }

  /** The epoch that a directory holds the checkpoint of; none where its name is another. */
  public static OptionalInt epoch(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
