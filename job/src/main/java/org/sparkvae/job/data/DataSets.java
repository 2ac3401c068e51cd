package org.sparkvae.job.data;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.data.source.PassedOver;
import org.sparkvae.job.settings.Colour;

/**
 * The image sets of a run, all of one shape, their labels numbered alike.
 *
 * @param train the training images without those held out; empty where none are configured
 * @param validation of its own source, or held out; empty where there is none
 * @param test the test images; empty where none are configured
 * @param leftOut the bad images of each source that was read
 * @param findings what a person should know of the images that were read
 * @param passedOver the files beside the images of each folder that was read
 * @param images what they are like; empty where there are none
 */
public record DataSets(
    Optional<ImageSet> train,
    Optional<ImageSet> validation,
    Optional<ImageSet> test,
    LeftOut leftOut,
    Findings findings,
    Set<PassedOver> passedOver,
    Optional<RunImages> images) {

  /** None at all. */
  public static DataSets none() {
    return new DataSets(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new LeftOut(Map.of()),
        new Findings(),
        Set.of(),
        Optional.empty());
  }

  /** The colour of all images. */
  public Colour colour() {
    return Stream.of(train, validation, test)
        .flatMap(Optional::stream)
        .findFirst()
        .map(set -> Colour.of(set.shape().channels()))
        .orElse(Colour.AUTO);
  }

  /** The images that were left out, of training, validation and test in this order. */
  public BadImages badImages() {
    return leftOut.all();
  }

  /** Frees all cached blocks. */
  public void unpersist() {
    train.ifPresent(ImageSet::unpersist);
    validation.ifPresent(ImageSet::unpersist);
    test.ifPresent(ImageSet::unpersist);
  }
}
