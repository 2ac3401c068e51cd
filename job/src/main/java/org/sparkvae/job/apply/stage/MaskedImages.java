package org.sparkvae.job.apply.stage;

import java.io.Serializable;
import org.sparkvae.job.data.images.ImageBlock;

/**
 * Images on their way to the task that works on them.
 *
 * @param images in one block; one alone where there is a mask
 * @param mask of the image; null where none is asked for, or there is none
 */
record MaskedImages(ImageBlock images, byte[] mask) implements Serializable {
  /** The text of the id of an image that is alone in its block. */
  static String id(ImageBlock image) {
    String text = image.name(0).idText();
    return text == null ? Long.toString(image.ids()[0]) : text;
  }
}
