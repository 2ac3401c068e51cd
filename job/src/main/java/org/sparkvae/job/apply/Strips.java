package org.sparkvae.job.apply;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Draws the images of a table's first rows, those of a row beside each other. */
final class Strips {
  private static final int DRAWN = 16;

  private Strips() {}

  /**
   * Draws a picture, and writes files.
   *
   * @param names of the columns for a person
   * @param columns of images; what is null is left out
   * @param files of how many rows a file is written
   */
  static void draw(
      String title,
      List<String> names,
      List<String> columns,
      int files,
      Dataset<Row> table,
      Sheet sheet) {
    List<Row> first = FirstRows.of(table, "id", Math.max(files, DRAWN)).collectAsList();
    List<List<float[]>> strips = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Row row = first.get(i);
      List<float[]> images =
          columns.stream().map(column -> ImageCell.values(row.<Row>getAs(column))).toList();
      if (i < DRAWN) {
        strips.add(images);
      }
      if (i < files) {
        sheet.file(ImageColumns.fileName(row), images);
      }
    }
    sheet.strips(title, names, strips);
  }
}
