package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.ReadFailure;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.settings.ImageSource;

/**
 * The images of a Dataset's column: Spark's image struct, or arrays of numbers, of which those of
 * arrays tell the shape themselves.
 *
 * <p>Flat arrays have the shape that is stated, or else one row of pixels, as many as the first
 * array holds.
 */
public final class DatasetImages {
  private final Dataset<Row> table;
  private final ImageSource.Parquet source;
  private final Reading reading;
  private final RowKey key;
  private final DataType type;

  private DatasetImages(Dataset<Row> table, ImageSource.Parquet source, Reading reading) {
    this.table = table;
    this.source = source;
    this.reading = reading;
    this.type = ParquetTable.type(table, source.path(), source.column());
    this.key =
        source.idColumn().isEmpty()
            ? new RowKey.InDataset(source.path())
            : RowKey.of(
                source.path(),
                source.idColumn(),
                ParquetTable.type(table, source.path(), source.idColumn()));
  }

  /** Whether columns of a type are read. */
  public static boolean canBeOf(DataType type) {
    int depth = PixelColumnChoice.depth(type);
    return isStruct(type) || depth > 0 && depth <= PixelColumnChoice.MOST_DEPTH;
  }

  /**
   * The images of a Dataset as a source, in the order of the id column or else in its own.
   *
   * @param source that names the columns, states the shape of flat arrays, and stands for the
   *     Dataset in messages
   * @throws DataException where the Dataset has no such columns, or no image in them
   */
  public static OpenSource open(Dataset<Row> table, ImageSource.Parquet source, Reading reading) {
    try {
      return new DatasetImages(table, source, reading).open();
    } catch (Exception e) { // Spark throws its checked exceptions undeclared.
      throw ReadFailure.of(source.path(), e);
    }
  }

  /**
   * The shape of a Dataset's images as they come, before they are resized.
   *
   * @param source as for {@link #open}
   * @throws DataException where the Dataset has no such column, or no image in it
   */
  public static ImageShape shape(Dataset<Row> table, ImageSource.Parquet source, Reading reading) {
    try {
      return new DatasetImages(table, source, reading).shape();
    } catch (Exception e) { // Spark throws its checked exceptions undeclared.
      throw ReadFailure.of(source.path(), e);
    }
  }

  /**
   * What reads images of a known form from rows.
   *
   * @param column of the images
   * @param type of the column
   * @param arrays the shape of images in arrays as they come
   */
  public static RowImages rows(String column, DataType type, ImageShape arrays, ImageForm form) {
    return new RowImages(pixels(column, type, arrays, form));
  }

  private static boolean isStruct(DataType type) {
    return type instanceof StructType struct && ImageStruct.matches(struct);
  }

  private static PixelColumn pixels(String name, DataType type, ImageShape shape, ImageForm form) {
    return isStruct(type)
        ? new ImageStruct(name, form)
        : new NumberColumn(name, PixelColumnChoice.depth(type), shape, form);
  }

  private OpenSource open() {
    ImageShape shape = shape();
    String reference = "the first image";
    PixelColumn pixels = pixels(source.column(), type, shape, reading.form(shape, reference));
    LabelColumn labels = new LabelColumn.None();
    List<Column> columns = new ArrayList<>(List.of(labels.column()));
    columns.addAll(pixels.columns());
    return new ParquetSource(source.path(), ordered(columns), key, labels, pixels);
  }

  /** The key's columns and others, in the order of the rows. */
  private Dataset<Row> ordered(List<Column> others) {
    List<Column> columns = new ArrayList<>(key.columns());
    for (int i = 0; i < others.size(); i++) {
      // Names of the table's columns may repeat those of the keys or of each other.
      columns.add(others.get(i).as("value_" + i));
    }
    Dataset<Row> rows = table.select(columns.toArray(Column[]::new));
    return key instanceof RowKey.InDataset ? rows : rows.orderBy(RowKey.FIRST, RowKey.SECOND);
  }

  private ImageShape shape() {
    if (isStruct(type)) {
      ImageShape first = firstStruct();
      int settled = reading.colour().channels();
      int channels = settled > 0 ? settled : ImageStruct.imageChannels(first.channels());
      return new ImageShape(first.width(), first.height(), channels);
    }
    int depth = PixelColumnChoice.depth(type);
    if (source.width() > 0) {
      return stated(depth == 2 ? 1 : source.channels());
    }
    Column rows = cell();
    if (depth == 1) {
      int values = first(lit(1), size(rows), lit(1)).width();
      return flat(values);
    }
    Column pixels = get(rows, lit(0));
    return first(size(rows), size(pixels), depth == 2 ? lit(1) : size(get(pixels, lit(0))));
  }

  private ImageShape stated(int channels) {
    if (!ImageShape.isSane(source.width(), source.height(), channels)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: column '%s' cannot hold images of %dx%dx%d; set another width, height or channels (1 or 3)",
              source.path(),
              source.column(),
              source.width(),
              source.height(),
              channels));
    }
    return new ImageShape(source.width(), source.height(), channels);
  }

  private ImageShape flat(int values) {
    int channels = source.channels();
    if (values % channels != 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the first image in column '%s' has %d values, which are no pixels of %d channels; set the width, height and channels that it has",
              source.path(),
              source.column(),
              values,
              channels));
    }
    return new ImageShape(values / channels, 1, channels);
  }

  private Column cell() {
    return Quoted.column(source.column());
  }

  /**
   * The first shape that a struct may have, its channels as they are: with alpha there are four.
   */
  private ImageShape firstStruct() {
    String struct = source.column();
    Column channels = Quoted.field(struct, "nChannels");
    return first(
        Quoted.field(struct, "height"),
        Quoted.field(struct, "width"),
        channels,
        channels.isin(1, 3, 4));
  }

  private ImageShape first(Column height, Column width, Column channels) {
    return first(height, width, channels, channels.isin(1, 3));
  }

  /** The first shape that an image may have. */
  private ImageShape first(Column height, Column width, Column channels, Column usable) {
    List<Column> sizes = Stream.of(height, width, channels).map(size -> size.cast("int")).toList();
    Optional<Row> first =
        ordered(Stream.concat(sizes.stream(), Stream.of(usable)).toList())
            .where(col("value_0").gt(0).and(col("value_1").gt(0)).and(col("value_3")))
            .where(
                col("value_0")
                    .cast("double")
                    .multiply(col("value_1"))
                    .multiply(col("value_2"))
                    .leq(ImageShape.MOST_VALUES))
            .select("value_0", "value_1", "value_2")
            .limit(1)
            .collectAsList()
            .stream()
            .findFirst();
    return first
        .map(row -> new ImageShape(row.getInt(1), row.getInt(0), row.getInt(2)))
        .orElseThrow(() -> new DataException(source.path() + ": " + nothingUsable(sizes)));
  }

  /** Why there is no first image, and what to do. */
  private String nothingUsable(List<Column> sizes) {
    List<Row> first =
        ordered(sizes).select("value_0", "value_1", "value_2").limit(1).collectAsList();
    if (first.isEmpty()) {
      return "has no rows; name another Dataset";
    }
    String none = "column '" + source.column() + "' holds no usable image";
    Row row = first.get(0);
    return isStruct(type) || row.anyNull()
        ? none + "; name another Dataset or column"
        : ChannelOrder.fault(row.getInt(0), row.getInt(1), row.getInt(2))
            .map(fault -> none + ": " + fault)
            .orElse(none + "; name another Dataset or column");
  }
}
