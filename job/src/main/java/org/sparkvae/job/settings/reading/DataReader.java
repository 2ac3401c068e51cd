package org.sparkvae.job.settings.reading;

import java.util.List;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.Resize;
import org.sparkvae.job.settings.StorageSetting;
import org.sparkvae.kinds.Range;

/** Reads the block {@code data}. */
final class DataReader {
  /** Of RGB images of as many values as sources accept. */
  private static final int MOST_PIXELS = (1 << 24) / 3;

  private DataReader() {}

  static DataSettings read(Keys keys) {
    return new DataSettings(
        ImageSourceReader.read(keys.at("train")),
        ImageSourceReader.read(keys.at("test")),
        ImageSourceReader.read(keys.at("validation")),
        keys.at("validation").number("fraction", Range.PROPER_FRACTION),
        new DataSettings.Bits(
            keys.choice("binarisation", List.of(Binarisation.values())),
            keys.number("threshold", Range.FRACTION)),
        new DataSettings.Cut(
            keys.whole("shards", 0), keys.whole("block-images", 1), keys.whole("reshard-every", 0)),
        keys.choice("on-bad-image", List.of(OnBadImage.values())),
        keys.choice("storage", List.of(StorageSetting.values())),
        background(keys),
        resize(keys.at("resize")));
  }

  private static Background background(Keys keys) {
    String text = keys.text("background");
    return Background.parse(text)
        .orElseThrow(
            () ->
                keys.problem(
                    "background",
                    "is \"" + text + "\", but must be black, white or a quoted \"#rrggbb\""));
  }

  private static Resize resize(Keys keys) {
    Resize resize =
        new Resize(
            keys.choice("mode", List.of(Resize.Mode.values())),
            keys.whole("width", 0),
            keys.whole("height", 0));
    if (resize.mode() == Resize.Mode.NONE) {
      return Resize.NONE;
    }
    for (String side : List.of("width", "height")) {
      if (keys.whole(side, 0) == 0) {
        throw keys.problem(
            side,
            "is 0, but "
                + keys.path("mode")
                + " is "
                + Keys.name(resize.mode())
                + "; set width and height both");
      }
    }
    if ((long) resize.width() * resize.height() > MOST_PIXELS) {
      throw keys.problem(
          "width",
          "and height are "
              + resize.width()
              + " and "
              + resize.height()
              + ", more than 5,592,405 pixels; set smaller ones");
    }
    return resize;
  }
}
