package org.sparkvae.job.data.source;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.settings.DataSettings.OnBadImage;

/** A source of images whose beginning was read and found right. */
public interface OpenSource {

  /** Where it is, as the settings and messages name it. */
  String path();

  /** What every image becomes. */
  ImageForm form();

  /** The shape of every image. */
  default ImageShape shape() {
    return form().shape();
  }

  /**
   * How many images there are, bad ones included.
   *
   * @throws DataException where the source does not tell
   */
  long mostImages();

  /**
   * Bytes of heap that the name of an image takes, on average; 0 where images have none.
   *
   * @throws DataException where the source does not tell
   */
  default long nameBytes() {
    return 0;
  }

  /** What labels stand for, by number; empty where labels are numbers or absent. */
  List<String> labelNames();

  /** The files beside the images, where it is a folder. */
  default Optional<PassedOver> passedOver() {
    return Optional.empty();
  }

  /** How ids that tasks give become ids of images. */
  Numbering numbering();

  /** Whether the same images come in the same order whenever they are read. */
  default boolean keepsOrder() {
    return true;
  }

  /** The images, partitions and blocks in source order; lazy. */
  JavaRDD<SourceBlock> blocks(Packing packing, OnBadImage onBadImage);

  /** How ids that tasks give become ids of images. */
  enum Numbering {
    /** They are the images' ids. */
    GLOBAL,
    /** They count from 0 in every partition. */
    WITHIN_PARTITION
  }
}
