package org.sparkvae.job.apply.stage;

import java.io.Serializable;
import org.sparkvae.job.data.images.ImageBlock;

/**
 * An image on its way to the task that works on it.
 *
 * @param image alone in its block
 * @param mask null where none is asked for, or there is none
 */
record MaskedImage(ImageBlock image, byte[] mask) implements Serializable {
  /** The text of its id. */
  static String id(ImageBlock image) {
    String text = image.name(0).idText();
    return text == null ? Long.toString(image.ids()[0]) : text;
  }
}
