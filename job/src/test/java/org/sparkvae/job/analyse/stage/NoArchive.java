package org.sparkvae.job.analyse.stage;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkvae.job.analyse.Archive;

/** A directory that holds nothing beside the model but, as it says, checkpoints of some epochs. */
record NoArchive(List<Integer> epochs) implements Archive {
  @Override
  public int epoch() {
    return 1;
  }

  @Override
  public float[] parameters(int epoch) {
    throw new IllegalStateException("no checkpoint");
  }

  @Override
  public Optional<Dataset<Row>> evaluation() {
    return Optional.empty();
  }

  @Override
  public Optional<Dataset<Row>> evaluation(String at) {
    return Optional.empty();
  }

  @Override
  public Optional<OtherRun> run(String directory) {
    return Optional.empty();
  }

  @Override
  public OtherModel model(String directory) {
    throw new IllegalStateException("no other run");
  }

  @Override
  public boolean isOwn(String at) {
    return at.equals("own");
  }
}
