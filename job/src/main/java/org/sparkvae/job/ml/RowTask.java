package org.sparkvae.job.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.parquet.RowImages;

/**
 * Adds a model's columns to the rows of a partition, as Spark runs it.
 *
 * @param plan what is to be found of each image
 * @param images reads them from the cells behind the row's own columns
 * @param features the column of images, for messages
 * @param columns how many columns are the row's own
 * @param parameters of the model
 */
record RowTask(
    ImagePlan plan, RowImages images, String features, int columns, Broadcast<float[]> parameters)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return rows.hasNext() ? new Rows(rows) : rows;
  }

  /** The rows, one after the other, on one model. */
  private final class Rows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final ImageResults results;
    private final byte[] levels = new byte[plan.spec().x().values()];
    private long number;

    Rows(Iterator<Row> rows) {
      this.rows = rows;
      ComputeNode.bind();
      results = new ImageResults(plan, parameters.value());
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      Row row = rows.next();
      read(row);
      Object[] found = results.of(levels, this::name);
      Object[] all = new Object[columns + found.length];
      for (int i = 0; i < columns; i++) {
        all[i] = row.get(i);
      }
      System.arraycopy(found, 0, all, columns, found.length);
      number++;
      return RowFactory.create(all);
    }

    private void read(Row row) {
      Arrays.fill(levels, (byte) 0);
      try {
        images.write(row, columns, levels);
      } catch (UnusableImageException e) {
        throw new DataException(
            "%s: %s; mend the image or leave its row out".formatted(name(), e.getMessage()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String name() {
      return String.format(
          Locale.ROOT,
          "column '%s', row %d (from 0) of partition %d",
          features,
          number,
          TaskContext.getPartitionId());
    }
  }
}
