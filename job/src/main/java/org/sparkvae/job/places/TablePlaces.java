package org.sparkvae.job.places;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.table.TablePath;

/** The directories of a job that tables are written to, and read again from. */
public final class TablePlaces {
  private TablePlaces() {}

  /**
   * Looks at their paths alone, where the job has tables: a trained model lies in files.
   *
   * @throws SettingsException for the first that Spark could not read a table from
   */
  public static void check(JobSettings settings, Configuration hadoop) {
    if (settings.needsTestImages()) {
      ResultPlaces.ofStages(settings).forEach((key, place) -> check(key, place, hadoop));
    }
  }

  private static void check(String key, String place, Configuration hadoop) {
    if (!isReadable(place, hadoop)) {
      throw new SettingsException(key + " " + place + " " + TablePath.WHY);
    }
  }

  private static boolean isReadable(String place, Configuration hadoop) {
    try {
      return TablePath.isReadable(new Path(place), hadoop);
    } catch (IOException | IllegalArgumentException e) {
      // Whoever opens it says so.
      return true;
    }
  }
}
