package org.sparkvae.job.table;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Columns of arrays of floats are written as they are. Parquet would first enter each value into a
 * dictionary, and give it up again, as hardly any value comes twice: a tenth of the time of a stage
 * that writes codes.
 */
final class PlainFloats {
  private PlainFloats() {}

  /** What tells a writer so. */
  static Map<String, String> options(StructType columns) {
    return Arrays.stream(columns.fields())
        .filter(
            of ->
                of.dataType() instanceof ArrayType array
                    && DataTypes.FloatType.equals(array.elementType()))
        .map(StructField::name)
        .collect(
            Collectors.toMap(
                name -> ParquetOutputFormat.ENABLE_DICTIONARY + "#" + name + ".list.element",
                name -> Boolean.FALSE.toString()));
  }
}
