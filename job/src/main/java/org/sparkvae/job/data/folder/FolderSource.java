package org.sparkvae.job.data.folder;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.source.BlockIterator;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.PassedOver;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.data.source.SourceBlock;
import org.sparkvae.job.data.source.SourceFiles;
import org.sparkvae.job.data.source.TaskRanges;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

/**
 * A folder of PNG and JPEG files, which the driver lists and tasks decode; the first one that can
 * be decoded gives the shape.
 */
public record FolderSource(
    JavaSparkContext context, String path, FolderListing listing, ImageForm form)
    implements OpenSource {
  private static final int TASKS_PER_SLOT = 4;
  private static final int FEWEST_PER_TASK = 100;

  public static FolderSource open(SparkSession spark, ImageSource.Folder source, Reading reading) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    FolderListing listing = FolderListing.of(hadoop, source);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    String firstReason = null;
    for (FolderFile file : listing.files()) {
      try {
        ImageShape first = reading.first(FolderEntries.read(hadoop, file).shape(reading.colour()));
        ImageForm form = reading.form(first, file.path());
        return new FolderSource(context, source.path(), listing, form);
      } catch (UnusableImageException e) {
        firstReason = firstReason == null ? e.getMessage() : firstReason;
      } catch (IOException e) {
        throw SourceFiles.unreadable(file.path(), e);
      }
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: none of %d files is a readable image (%s %s); mend them, or name another folder",
            source.path(),
            listing.files().size(),
            listing.files().get(0).path(),
            firstReason));
  }

  /** Whether images that lie in a directory, or will, are among a folder's. */
  public static boolean reads(Configuration hadoop, ImageSource.Folder folder, String directory) {
    try {
      String below = whole(hadoop, directory);
      String root = whole(hadoop, folder.path());
      return below.startsWith(root) && !FolderListing.isHidden(below.substring(root.length()));
    } catch (IOException | IllegalArgumentException e) {
      // Whoever opens the one that is wrong says so.
      return false;
    }
  }

  /** A directory with its scheme and a slash at its end. */
  private static String whole(Configuration hadoop, String directory) throws IOException {
    Path path = new Path(directory);
    String whole = SourceFiles.fileSystem(hadoop, path).makeQualified(path).toString();
    return whole.endsWith("/") ? whole : whole + "/";
  }

  @Override
  public long mostImages() {
    return listing.files().size();
  }

  @Override
  public long nameBytes() {
    return Math.round(
        listing.files().stream()
            .mapToLong(file -> FolderEntries.name(file).bytes())
            .average()
            .orElse(0));
  }

  @Override
  public List<String> labelNames() {
    return listing.labelNames();
  }

  @Override
  public Optional<PassedOver> passedOver() {
    return Optional.of(listing.passedOver());
  }

  @Override
  public Numbering numbering() {
    return Numbering.GLOBAL;
  }

  @Override
  public JavaRDD<SourceBlock> blocks(Packing packing, OnBadImage onBadImage) {
    int most = TASKS_PER_SLOT * context.defaultParallelism();
    int tasks = TaskRanges.cut(listing.files().size(), most, FEWEST_PER_TASK).size();
    FileReader reader =
        new FileReader(
            context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())),
            path,
            form,
            packing,
            onBadImage);
    return context.parallelize(listing.files(), tasks).mapPartitions(reader::read);
  }

  /** Reads files in a task. */
  private record FileReader(
      Broadcast<SerializableConfiguration> hadoop,
      String path,
      ImageForm form,
      Packing packing,
      OnBadImage onBadImage)
      implements Serializable {

    Iterator<SourceBlock> read(Iterator<FolderFile> files) {
      FolderEntries entries = new FolderEntries(hadoop.value().value(), files, form);
      return new BlockIterator(path, entries, packing, onBadImage);
    }
  }
}
