package org.sparkvae.job.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.Resize;
import org.sparkvae.job.settings.StorageSetting;

/** Small files and settings of the tests. */
public final class Fixtures {
  static final ImageSource NONE = new ImageSource.None();
  public static final int IDX_IMAGES = 0x803;
  public static final int IDX_LABELS = 0x801;

  private Fixtures() {}

  /** Settings with a training set only. */
  static DataSettings train(ImageSource train, int shards, OnBadImage onBadImage) {
    return settings(train, NONE, NONE, 0, shards, onBadImage);
  }

  static DataSettings settings(
      ImageSource train,
      ImageSource validation,
      ImageSource test,
      double fraction,
      int shards,
      OnBadImage onBadImage) {
    return new DataSettings(
        train,
        test,
        validation,
        fraction,
        Binarisation.NONE,
        0.5,
        shards,
        4,
        0,
        onBadImage,
        StorageSetting.AUTO,
        Background.BLACK,
        Resize.NONE);
  }

  /** How a training source is read by default. */
  static Reading reading(ImageSource source) {
    return Reading.of(train(source, 1, OnBadImage.FAIL), Role.TRAINING, source, source.colour());
  }

  /** The form of images of a shape that stay as they are. */
  static ImageForm form(ImageShape shape) {
    return reading(NONE).form(shape, "first");
  }

  /** Loads a source as a training set of one shard. */
  static DataSets load(ImageSource source, OnBadImage onBadImage) {
    return new ImageLoader(LocalSpark.session(), train(source, 1, onBadImage), 1).load();
  }

  /** Loads a source as a training set of one shard, over a background and to one size. */
  static DataSets load(ImageSource source, Background background, Resize resize) {
    return load(source, OnBadImage.FAIL, background, resize);
  }

  /** Loads a source as a training set of one shard, over a background and to one size. */
  static DataSets load(
      ImageSource source, OnBadImage onBadImage, Background background, Resize resize) {
    DataSettings usual = train(source, 1, onBadImage);
    DataSettings settings =
        new DataSettings(
            usual.train(),
            usual.test(),
            usual.validation(),
            0,
            usual.binarisation(),
            usual.threshold(),
            1,
            usual.blockImages(),
            0,
            onBadImage,
            usual.storage(),
            background,
            resize);
    return new ImageLoader(LocalSpark.session(), settings, 1).load();
  }

  /** All images of a source, in source order. */
  static ImageBlock images(ImageSource source) {
    DataSets sets = load(source, OnBadImage.FAIL);
    ImageBlock images = all(sets.train().orElseThrow());
    sets.unpersist();
    return images;
  }

  /** All images of a set, in source order. */
  static ImageBlock all(ImageSet set) {
    return FirstImages.of(set, Integer.MAX_VALUE);
  }

  /** Gives an image of a block a name. */
  public static void name(ImageBlock block, int image, ImageName name) {
    block.name(image, name);
  }

  /** Pixels that differ from image to image and from value to value. */
  public static byte[] pixels(int images, int values) {
    byte[] pixels = new byte[images * values];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (31 * (i / values) + 7 * (i % values));
    }
    return pixels;
  }

  /** The bytes of an IDX file. */
  public static byte[] idx(int magic, int[] dimensions, byte[] elements) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(elements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Writes a file, and the folders it lies in. */
  public static String write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
