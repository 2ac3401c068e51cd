package org.sparkvae.job.settings;

/**
 * The images.
 *
 * @param train the training images
 * @param test the test images
 * @param validation the validation images; None where a fraction, or nothing, is held out
 * @param validationFraction fraction of the training images held out, in [0, 1)
 * @param bits how intensities become values
 * @param cut of the images into shards
 * @param onBadImage what a bad image does
 * @param storage where the images are kept
 * @param background what shows through transparency
 * @param resize how images of other sizes come to one
 */
public record DataSettings(
    ImageSource train,
    ImageSource test,
    ImageSource validation,
    double validationFraction,
    Bits bits,
    Cut cut,
    OnBadImage onBadImage,
    StorageSetting storage,
    Background background,
    Resize resize) {

  /** The same with another number of shards. */
  public DataSettings withShards(int number) {
    return with(train, test, validation, new Cut(number, cut.blockImages(), cut.reshardEvery()));
  }

  /** The same with other sources. */
  DataSettings withSources(ImageSource training, ImageSource testing, ImageSource validating) {
    return with(training, testing, validating, cut);
  }

  private DataSettings with(
      ImageSource training, ImageSource testing, ImageSource validating, Cut into) {
    return new DataSettings(
        training,
        testing,
        validating,
        validationFraction,
        bits,
        into,
        onBadImage,
        storage,
        background,
        resize);
  }

  /**
   * How intensities become values.
   *
   * @param binarisation by what rule
   * @param threshold for THRESHOLD, in [0, 1]
   */
  public record Bits(Binarisation binarisation, double threshold) {}

  /**
   * How images are cut into shards.
   *
   * @param shards of the training set; 0 for one per task slot
   * @param blockImages images per packed block
   * @param reshardEvery epochs between changes of shard; 0 for never
   */
  public record Cut(int shards, int blockImages, int reshardEvery) {}

  /** What a bad image does. */
  public enum OnBadImage {
    /** Stops the job, named. */
    FAIL,
    /** Is left out, counted and listed. */
    SKIP
  }
}
