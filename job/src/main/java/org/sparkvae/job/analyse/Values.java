package org.sparkvae.job.analyse;

import java.util.List;
import org.apache.spark.sql.Row;

/** Arrays in the cells of a table. */
final class Values {
  private Values() {}

  /** Those of a row. */
  static float[] floats(Row row, String column) {
    List<Float> list = row.getList(row.fieldIndex(column));
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  /** Those of a row. */
  static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
