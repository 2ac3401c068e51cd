package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.settings.ImageSource;

/**
 * Finds out what the image column of a table holds, by its type and, where that is not enough, by
 * its first rows.
 *
 * @param table that is read
 * @param key of its rows
 * @param source that names the column
 * @param reading of its images
 */
record PixelColumnChoice(
    ParquetTable table, RowKey key, ImageSource.Parquet source, Reading reading) {
  static final int MOST_DEPTH = 3;

  /**
   * The column.
   *
   * @throws DataException where it holds no images, or others than the settings say
   */
  PixelColumn pixels() {
    String name = source.column();
    DataType type = table.type(name);
    if (type instanceof StructType struct && ImageStruct.matches(struct)) {
      return imageStruct();
    }
    if (type instanceof StructType struct && has(struct, "bytes", BinaryType.class)) {
      List<String> path = has(struct, "path", StringType.class) ? List.of(name, "path") : List.of();
      return new EncodedChoice(table, key, source, reading, List.of(name, "bytes"), path).column();
    }
    if (type instanceof BinaryType) {
      return binary(type);
    }
    int depth = depth(type);
    if (depth == 1) {
      ImageShape shape = statedShape(type);
      return new NumberColumn(name, depth, shape, form(shape));
    }
    if (depth > 1 && depth <= MOST_DEPTH) {
      return nested(type, depth);
    }
    throw new DataException(
        String.format(
            "%s: column '%s' is of type %s; name one of Spark's image struct, of a struct of bytes"
                + " and path, binary, or arrays of numbers",
            source.path(), name, type.simpleString()));
  }

  private static boolean has(StructType struct, String field, Class<? extends DataType> type) {
    return Arrays.asList(struct.fieldNames()).contains(field)
        && type.isInstance(struct.apply(field).dataType());
  }

  /** How many arrays lie in each other around numbers; 0 where they do not. */
  static int depth(DataType type) {
    if (!(type instanceof ArrayType array)) {
      return 0;
    }
    return array.elementType() instanceof NumericType
        ? 1
        : depth(array.elementType()) == 0 ? 0 : 1 + depth(array.elementType());
  }

  private ImageForm form(ImageShape shape) {
    return reading.form(shape, source.path());
  }

  private boolean isStated() {
    return ImageShape.isSane(source.width(), source.height(), source.channels());
  }

  private ImageShape statedShape(DataType type) {
    if (!isStated()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: column '%s' (%s) cannot hold images of %dx%dx%d; set the source's width, height"
                  + " and channels (1 or 3)",
              source.path(),
              source.column(),
              type.simpleString(),
              source.width(),
              source.height(),
              source.channels()));
    }
    return new ImageShape(source.width(), source.height(), source.channels());
  }

  /** Files where one comes before the first cell of the stated shape's length. */
  private PixelColumn binary(DataType type) {
    String name = source.column();
    List<String> path =
        has(table.table().schema(), "path", StringType.class) ? List.of("path") : List.of();
    EncodedChoice encoded = new EncodedChoice(table, key, source, reading, List.of(name), path);
    if (isStated()) {
      ImageShape shape = statedShape(type);
      PixelColumn raw = new PixelColumn.Bytes(name, shape, form(shape));
      table.fit(raw);
      return encoded.isEncoded(cell -> cell.length == shape.values()) ? encoded.column() : raw;
    }
    table.fit(encoded.unread());
    if (!encoded.isEncoded(cell -> false)) {
      statedShape(type);
    }
    return encoded.column();
  }

  /** The first row of sane sizes gives the shape, where that is not stated. */
  private PixelColumn nested(DataType type, int depth) {
    String name = source.column();
    if (source.width() > 0) {
      ImageShape stated = statedShape(type);
      ImageShape shape =
          new ImageShape(stated.width(), stated.height(), depth == 2 ? 1 : stated.channels());
      return new NumberColumn(name, depth, shape, form(shape));
    }
    table.fit(new EncodedColumn(List.of(name), List.of(), form(new ImageShape(1, 1, 1))));
    Column rows = Quoted.column(name);
    Column pixels = get(rows, lit(0));
    Column channels = depth == 2 ? lit(1) : size(get(pixels, lit(0)));
    int at = key.columns().size();
    String channelOrder = null;
    for (InternalRow row :
        (Iterable<InternalRow>)
            new FirstRows(table.table(), key).of(List.of(size(rows), size(pixels), channels))
                ::iterator) {
      int height = row.getInt(at);
      int width = row.getInt(at + 1);
      int depthOfPixels = row.getInt(at + 2);
      if (ImageShape.isSane(width, height, depthOfPixels)) {
        ImageShape shape = new ImageShape(width, height, depthOfPixels);
        return new NumberColumn(name, depth, shape, form(shape));
      }
      if (channelOrder == null) {
        channelOrder = ChannelOrder.fault(height, width, depthOfPixels).orElse(null);
      }
    }
    throw nothingUsable(
        channelOrder == null
            ? ": rows of pixels with 1 or 3 channels innermost; name another table or column"
            : ": " + channelOrder);
  }

  private DataException nothingUsable(String kind) {
    return new DataException(
        String.format(
            "%s: column '%s' holds no usable image%s", source.path(), source.column(), kind));
  }

  /** The first image with a sane form, in the order of the rows, gives the shape. */
  private ImageStruct imageStruct() {
    // The fields that are about to be read; the shape, and what it needs, is not known yet.
    table.fit(new ImageStruct(source.column(), form(new ImageShape(ImageShape.MOST_VALUES, 1, 1))));
    String struct = source.column();
    Column height = Quoted.field(struct, "height");
    Column width = Quoted.field(struct, "width");
    Column channels = Quoted.field(struct, "nChannels");
    Column values = height.cast("double").multiply(width).multiply(channels);
    Dataset<Row> candidates =
        table
            .table()
            .where(height.gt(0).and(width.gt(0)).and(channels.isin(1, 3, 4)))
            .where(values.leq(ImageShape.MOST_VALUES))
            .select(
                Stream.concat(
                        key.columns().stream(),
                        Stream.of(width.as("width"), height.as("height"), channels.as("channels")))
                    .toArray(Column[]::new));
    // As internal rows, which the key knows how to name.
    Dataset<Row> first = candidates.orderBy(RowKey.FIRST, RowKey.SECOND).limit(1);
    return Arrays.stream(first.queryExecution().executedPlan().executeCollect())
        .findFirst()
        .map(this::imageStruct)
        .orElseThrow(() -> nothingUsable("; name another table or column"));
  }

  private ImageStruct imageStruct(InternalRow first) {
    int at = key.columns().size();
    int channels =
        Optional.of(reading.colour().channels())
            .filter(settled -> settled > 0)
            .orElse(ImageStruct.imageChannels(first.getInt(at + 2)));
    ImageShape shape = new ImageShape(first.getInt(at), first.getInt(at + 1), channels);
    return new ImageStruct(source.column(), reading.form(shape, key.name(first)));
  }
}
