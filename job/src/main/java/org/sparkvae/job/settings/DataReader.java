package org.sparkvae.job.settings;

import java.util.List;
import org.sparkvae.job.settings.DataSettings.OnBadImage;

/** Reads the block {@code data}. */
final class DataReader {
  private DataReader() {}

  static DataSettings read(Keys keys) {
    return new DataSettings(
        ImageSourceReader.read(keys.at("train")),
        ImageSourceReader.read(keys.at("test")),
        ImageSourceReader.read(keys.at("validation")),
        keys.at("validation").number("fraction", Range.PROPER_FRACTION),
        keys.choice("binarisation", List.of(Binarisation.values())),
        keys.number("threshold", Range.FRACTION),
        keys.whole("shards", 0),
        keys.whole("block-images", 1),
        keys.whole("reshard-every", 0),
        keys.choice("on-bad-image", List.of(OnBadImage.values())),
        keys.choice("storage", List.of(StorageSetting.values())));
  }
}
