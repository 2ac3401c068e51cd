package org.sparkvae.job.data.source;

import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.Levels;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.Resize;

/**
 * How the images of a source are read.
 *
 * @param block of settings of the source, for messages
 * @param colour to which pictures are converted; AUTO for that of the first
 * @param levels of the values
 * @param background what shows through transparency
 * @param resize how images of other sizes come to one
 */
public record Reading(
    String block, Colour colour, Levels levels, Background background, Resize resize) {

  /**
   * Of a source.
   *
   * @param leader the colour where the source leaves it to the images
   */
  public static Reading of(DataSettings data, SourceRole role, ImageSource source, Colour leader) {
    return new Reading(
        role.block(),
        source.withColour(leader).colour(),
        new Levels(source.scale(), role.block() + ".scale"),
        data.background(),
        data.resize());
  }

  /**
   * Checks the first image, which without resizing has the shape of all.
   *
   * @throws UnusableImageException where that is larger than a model's may be
   */
  public ImageShape first(ImageShape shape) throws UnusableImageException {
    if (resize.mode() == Resize.Mode.NONE
        && !ImageShape.isSane(shape.width(), shape.height(), shape.channels())) {
      throw UnusableImageException.tooLarge(
          "without data.resize it would be the model's image of",
          shape.width(),
          shape.height(),
          ImageShape.MOST_VALUES);
    }
    return shape;
  }

  /** The form of images, one of which has a shape. */
  public ImageForm form(ImageShape first, String reference) {
    ImageShape shape =
        resize.mode() == Resize.Mode.NONE
            ? first
            : new ImageShape(resize.width(), resize.height(), first.channels());
    return new ImageForm(shape, reference, resize.mode(), background, levels);
  }
}
