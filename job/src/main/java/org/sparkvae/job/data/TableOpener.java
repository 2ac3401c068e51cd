package org.sparkvae.job.data;

import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.data.parquet.ParquetSource;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.settings.ImageSource;

/** Opens the tables that settings name, or what stands in the place of one. */
@FunctionalInterface
public interface TableOpener {
  /** Opens every table as the Parquet table that it is. */
  TableOpener PARQUET = ParquetSource::open;

  /**
   * The source of a table's images.
   *
   * @throws org.sparkvae.job.data.faults.DataException where it is wrong
   */
  OpenSource open(SparkSession spark, ImageSource.Parquet table, Reading reading);
}
