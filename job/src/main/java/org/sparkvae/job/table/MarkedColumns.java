package org.sparkvae.job.table;

import java.util.Optional;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of which the first says in its metadata what the rows are of. */
public final class MarkedColumns {
  /** The key of a mark that tells by which model the rows were computed. */
  public static final String MODEL = "model";

  /** The key of a mark that tells in words how log p(x) was estimated. */
  public static final String ESTIMATE = "estimate";

  private MarkedColumns() {}

  /**
   * Columns with a mark, beside those that they have.
   *
   * @param key under which the metadata holds it
   */
  public static StructType of(StructType columns, String key, String mark) {
    Metadata metadata =
        new MetadataBuilder()
            .withMetadata(columns.fields()[0].metadata())
            .putString(key, mark)
            .build();
    StructField[] fields = columns.fields().clone();
    fields[0] =
        new StructField(fields[0].name(), fields[0].dataType(), fields[0].nullable(), metadata);
    return new StructType(fields);
  }

  /** The mark of columns, where they have one. */
  public static Optional<String> mark(StructType columns, String key) {
    Metadata metadata = columns.fields()[0].metadata();
    return metadata.contains(key) ? Optional.of(metadata.getString(key)) : Optional.empty();
  }
}
