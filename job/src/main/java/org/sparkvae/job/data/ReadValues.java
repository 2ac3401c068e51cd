package org.sparkvae.job.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.Levels;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.SourceRole;
import org.sparkvae.job.data.source.ValueTally;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Scale;

/**
 * What a person should know of the values that were read of a source.
 *
 * @param path of the source
 * @param form that its images got
 * @param images how many
 * @param tally of them
 */
record ReadValues(String path, ImageForm form, long images, ValueTally tally) {
  /** Values that keep within fewer levels are probably of another scale. */
  private static final double FEW_LEVELS = 25.6;

  static ReadValues of(LoadedImages loaded) {
    return new ReadValues(
        loaded.source().path(), loaded.source().form(), loaded.images(), loaded.values());
  }

  /** What is certainly wrong, and what to do: that fractions are taken for bytes. */
  Optional<String> fault() {
    Levels levels = form.levels();
    if (levels.scale() != Scale.BYTES || tally.greatest() <= 0 || tally.greatest() > 1) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "no value is above %s, where %s = %s means values up to 255; set it to %s",
            Levels.text(tally.greatest()), levels.key(), levels.scale(), Scale.UNIT));
  }

  /** What is probably wrong, a line each. */
  List<String> warnings(SourceRole role) {
    Levels levels = form.levels();
    List<String> warnings = new ArrayList<>();
    if (tally.constant() == images) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s: all %,d %s images are constant, each of a single value; see whether they are read as they should be%s",
              path,
              images,
              role,
              tally.transparent() > 0 ? transparency() : ""));
    } else if (levels.apart(tally.least(), tally.greatest()) < FEW_LEVELS) {
      warnings.add(
          String.format(
              "%s: the values of all %s images lie in %s .. %s, less than a tenth of %s = %s; see whether the scale is right",
              path,
              role,
              Levels.text(tally.least()),
              Levels.text(tally.greatest()),
              levels.key(),
              levels.scale()));
    }
    if (levels.scale() == Scale.SYMMETRIC && tally.least() >= 0) {
      warnings.add(
          String.format(
              "%s: no value of the %s images is below 0; see whether %s is %s rather than %s",
              path, role, levels.key(), Scale.UNIT, Scale.SYMMETRIC));
    }
    return warnings;
  }

  private String transparency() {
    return form.background().equals(Background.BLACK)
        ? "; their transparency shows black: set data.background = white if the ink is dark"
        : "; their transparency shows data.background: set another one if that is the ink's colour";
  }

  /** What was done to images, a line each. */
  List<String> changes(SourceRole role) {
    ImageShape shape = form.shape();
    List<String> changes = new ArrayList<>();
    if (tally.recoloured() > 0) {
      changes.add(
          change("Converted", tally.recoloured(), role, shape.channels() == 1 ? "grey" : "RGB"));
    }
    if (tally.resized() > 0) {
      changes.add(change("Resized", tally.resized(), role, shape.width() + "x" + shape.height()));
    }
    return changes;
  }

  private String change(String verb, long changed, SourceRole role, String to) {
    return String.format(
        Locale.ROOT,
        "%s %,d of %,d %s image%s to %s",
        verb,
        changed,
        images,
        role,
        images == 1 ? "" : "s",
        to);
  }
}
