package org.sparkvae.job.track.mlflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.sparkvae.job.track.RunFacts;
import org.sparkvae.job.track.Tracker;

/**
 * Tells MLflow of a run: settings are its parameters, measures and results its metrics, whose step
 * is the epoch, and pictures and files its artifacts.
 */
final class MlflowTracker implements Tracker {
  /** What every version of a server takes as a parameter's value. */
  private static final int LONGEST_VALUE = 250;

  private final String place;
  private final String experiment;
  private final String advice;
  private final RunStore store;

  MlflowTracker(String place, String experiment, String advice, RunStore store) {
    this.place = place;
    this.experiment = experiment;
    this.advice = advice;
    this.store = store;
  }

  @Override
  public String name() {
    return "mlflow";
  }

  @Override
  public String place() {
    return place + ", experiment " + experiment;
  }

  @Override
  public String advice() {
    return advice;
  }

  @Override
  public String begin(RunFacts run, Optional<String> before) throws IOException {
    if (before.isPresent()) {
      store.reopen(before.get());
      return before.get();
    }
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("mlflow.runName", run.name());
    tags.put("mlflow.user", System.getProperty("user.name", ""));
    tags.put("mlflow.source.name", "spark-vae");
    tags.put("mlflow.source.type", "JOB");
    tags.put("spark_vae.run_directory", run.directory());
    String id = store.create(experiment, run.name(), tags);
    Map<String, String> parameters = new LinkedHashMap<>();
    run.settings().forEach((key, value) -> parameters.put(permitted(key), cut(value)));
    store.parameters(parameters);
    return id;
  }

  @Override
  public Optional<String> refusesFiles() {
    return store.refusesFiles();
  }

  @Override
  public void epochs(SortedMap<Integer, Map<String, Double>> measures) throws IOException {
    List<RunStore.Point> points = new ArrayList<>();
    measures.forEach((epoch, values) -> add(epoch, values, points));
    store.metrics(points);
  }

  @Override
  public void results(int epoch, Map<String, Double> results) throws IOException {
    List<RunStore.Point> points = new ArrayList<>();
    add(epoch, results, points);
    store.metrics(points);
  }

  private static void add(int epoch, Map<String, Double> values, List<RunStore.Point> points) {
    long now = System.currentTimeMillis();
    values.forEach(
        (name, value) -> points.add(new RunStore.Point(permitted(name), value, now, epoch)));
  }

  @Override
  public void picture(int epoch, String name, byte[] png) throws IOException {
    store.file("pictures/" + name + ".png", png);
  }

  @Override
  public boolean keepsFiles() {
    return true;
  }

  @Override
  public void file(String path, byte[] content) throws IOException {
    store.file(path, content);
  }

  @Override
  public void end(boolean done) throws IOException {
    store.end(done ? RunStore.Status.FINISHED : RunStore.Status.FAILED);
  }

  /** A name of the letters that MLflow takes. */
  private static String permitted(String name) {
    return name.replaceAll("[^\\w. -]", "_");
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 3) + "...";
  }
}
