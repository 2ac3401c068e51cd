package org.sparkvae.job.apply.stage;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.sparkvae.job.checkpoint.StageDirectory;
import org.sparkvae.job.report.summary.JsonText;
import org.sparkvae.job.table.MarkedTable;

/** Files that no stage made, in the places of what a stage is about to write. */
public final class ForeignFiles {
  /** What figures hold the mark of their table under. */
  public static final String MARK = "mark";

  private ForeignFiles() {}

  /** The name of one; none where all that is there is of the same stage, whole or cut off. */
  public static Optional<String> in(StageDirectory directory, Configuration hadoop)
      throws IOException {
    if (!MarkedTable.isAloneAt(hadoop, directory.table())) {
      return Optional.of(directory.tableName());
    }
    // A stage tells of a table once that is whole, and a person may have deleted it since.
    boolean ours =
        MarkedTable.markAt(hadoop, directory.table()).isPresent()
            || directory
                .figures()
                .filter(text -> JsonText.read(text).containsKey(MARK))
                .isPresent();
    return ours ? Optional.empty() : directory.told().stream().findFirst();
  }
}
