package org.sparkvae.job.track;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Keeps what it is told of a run where people look for it.
 *
 * <p>It is told by one thread at a time, may be interrupted, and throws where it fails; that the
 * run goes on all the same is the care of its caller.
 */
public interface Tracker {
  /** Its name, as the settings have it. */
  String name();

  /** Where it keeps what it is told: another place is another tracker. */
  String place();

  /** What a person may look after where it fails. */
  String advice();

  /**
   * Begins a run, or goes on with one.
   *
   * @param before what it knew the run by, where it was told of the run before
   * @return what it knows the run by
   */
  String begin(RunFacts run, Optional<String> before) throws IOException;

  /** Why it takes no pictures and files of this run, once that is begun; empty where it does. */
  default Optional<String> refusesFiles() {
    return Optional.empty();
  }

  /**
   * Epochs that are done.
   *
   * @param measures of each by name, all finite, by the epoch's number from 1
   */
  void epochs(SortedMap<Integer, Map<String, Double>> measures) throws IOException;

  /**
   * What the run has come to.
   *
   * @param epoch of the model
   * @param results by name, all finite
   */
  void results(int epoch, Map<String, Double> results) throws IOException;

  /**
   * A picture.
   *
   * @param epoch of the model
   * @param name without an ending
   */
  void picture(int epoch, String name, byte[] png) throws IOException;

  /** Whether it keeps files beside pictures. */
  boolean keepsFiles();

  /** A file, by its path in the run, where it keeps any. */
  void file(String path, byte[] content) throws IOException;

  /**
   * Nothing more is told for now.
   *
   * @param done whether the run came to its end, and did not fail
   */
  void end(boolean done) throws IOException;
}
