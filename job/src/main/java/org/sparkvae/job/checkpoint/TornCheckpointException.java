package org.sparkvae.job.checkpoint;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** A checkpoint is not whole. */
final class TornCheckpointException extends IOException {
  TornCheckpointException(Path file, String fault) {
    super("checkpoint file " + file + " " + fault);
  }
}
