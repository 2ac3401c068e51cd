package org.sparkvae.job.data.idx;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.source.BlockIterator;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.data.source.SourceBlock;
import org.sparkvae.job.data.source.TaskRanges;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

/**
 * IDX files: a plain one is read in ranges by many tasks, a gzipped one from its start to its end
 * by one.
 */
public record IdxSource(
    JavaSparkContext context, IdxFile images, IdxFile labels, long used, ImageForm form)
    implements OpenSource {

  public static IdxSource open(SparkSession spark, ImageSource.Idx source, Reading reading) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    IdxFile images = IdxFile.open(hadoop, source.path(), IdxFile.Kind.IMAGES);
    IdxFile labels = null;
    if (!source.labels().isEmpty()) {
      labels = IdxFile.open(hadoop, source.labels(), IdxFile.Kind.LABELS);
      if (labels.items() != images.items()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: %d labels for the %d images of %s; name the files that belong together",
                labels.path(),
                labels.items(),
                images.items(),
                images.path()));
      }
    }
    long used = source.limit() == 0 ? images.items() : Math.min(source.limit(), images.items());
    ImageForm form = reading.form(images.shape(), images.path());
    return new IdxSource(context, images, labels, used, form);
  }

  @Override
  public String path() {
    return images.path();
  }

  @Override
  public long mostImages() {
    return used;
  }

  @Override
  public List<String> labelNames() {
    return List.of();
  }

  @Override
  public Numbering numbering() {
    return Numbering.GLOBAL;
  }

  @Override
  public JavaRDD<SourceBlock> blocks(Packing packing, OnBadImage onBadImage) {
    int tasks = images.gzipped() ? 1 : context.defaultParallelism();
    List<long[]> ranges = TaskRanges.cut(used, tasks, packing.block());
    RangeReader reader =
        new RangeReader(
            context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())),
            images,
            labels,
            form,
            packing,
            onBadImage);
    return context.parallelize(ranges, ranges.size()).flatMap(reader::read);
  }

  /** Reads a range in a task. */
  private record RangeReader(
      Broadcast<SerializableConfiguration> hadoop,
      IdxFile images,
      IdxFile labels,
      ImageForm form,
      Packing packing,
      OnBadImage onBadImage)
      implements Serializable {

    Iterator<SourceBlock> read(long[] range) throws IOException {
      Configuration configuration = hadoop.value().value();
      IdxCursor imageCursor = new IdxCursor(configuration, images, range[0]);
      IdxCursor labelCursor =
          labels == null ? null : new IdxCursor(configuration, labels, range[0]);
      IdxEntries entries = new IdxEntries(images, imageCursor, labelCursor, range, form);
      return new BlockIterator(images.path(), entries, packing, onBadImage);
    }
  }
}
