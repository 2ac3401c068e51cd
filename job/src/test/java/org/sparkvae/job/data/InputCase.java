package org.sparkvae.job.data;

import java.nio.file.Path;
import java.util.function.Function;
import org.sparkvae.job.settings.ImageSource;

/**
 * An input, and what it gets.
 *
 * @param name of the case
 * @param input writes it to a folder, and is the source that reads it
 * @param outcome the expected one; in all texts {@code DIR} is the folder
 */
record InputCase(String name, Function<Path, ImageSource> input, Outcome outcome) {

  /** What loading comes to. */
  sealed interface Outcome {}

  /**
   * The images are read, whatever data.on-bad-image says.
   *
   * @param images id and values of each, as in {@code "0: 1 2, 1: 3 4"}
   */
  record Read(String images) implements Outcome {}

  /**
   * One image is bad: it is the error, or it is left out and listed.
   *
   * @param image how it is named
   * @param reason what is wrong with it
   * @param others the images that are read without it
   * @param advice what to do about it other than to leave it out
   */
  record Bad(String image, String reason, String others, String advice) implements Outcome {
    /** With the advice that most get. */
    Bad(String image, String reason, String others) {
      this(image, reason, others, "mend or remove it");
    }

    /** With that for an image of another size. */
    static Bad ofAnotherSize(String image, String reason, String others) {
      String advice = "mend or remove it, set data.resize to bring all images to one size";
      return new Bad(image, reason, others, advice);
    }
  }

  /** The source is refused, whatever data.on-bad-image says. */
  record Refused(String message) implements Outcome {}

  @Override
  public String toString() {
    return name;
  }
}
