package org.sparkvae.job.apply.stage;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows of a stage that no table holds: the executors keep what they have computed of them. */
public final class ComputedRows implements AutoCloseable {
  private final Dataset<Row> rows;
  private final Broadcast<SharedStage> shared;

  /** Computes nothing yet. */
  ComputedRows(Dataset<Row> rows, Broadcast<SharedStage> shared) {
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
    this.shared = shared;
  }

  /** The rows, until this is closed. */
  public Dataset<Row> rows() {
    return rows;
  }

  @Override
  public void close() {
    rows.unpersist();
    shared.destroy();
  }
}
