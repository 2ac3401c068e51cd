package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.DirectoryContent;
import org.sparkvae.job.storage.FileContent;
import org.sparkvae.job.storage.NamedFiles;

/**
 * The analyses of a run's model, a table, figures and a picture a kind: the last of each kind in
 * the run directory, earlier ones in directories of their own below {@code analyses}. {@code
 * analyse/_SUCCESS} says that all that is told of those in the run directory is there.
 */
public final class AnalysisDirectory {
  static final String NAME = "analyse";
  static final String KEPT = "analyses";

  private static final String PARTS = "-parts";
  private static final String SUCCESS = NAME + "/_SUCCESS";
  private static final String SUMMARY = NAME + "/" + RunDirectory.SUMMARY;

  /** Hexadecimal digits of a fingerprint in the name of a directory. */
  private static final int DIGITS = 16;

  private final NamedFiles named;

  AnalysisDirectory(NamedFiles named) {
    this.named = named;
  }

  /** Where the tables are. */
  public Path path() {
    return named.path(NAME);
  }

  /** Whether all that is told of the analyses in it is there. */
  public boolean isFinished() throws IOException {
    return named.has(SUCCESS);
  }

  /** Takes that back, before anything is changed. */
  public void unmarkFinished() throws IOException {
    named.delete(SUCCESS);
  }

  /** Says that all that is told of the analyses in it is there. */
  public void markFinished() {
    named.write(SUCCESS, out -> {});
  }

  /** Where the table of a kind is, or will be. */
  public Path table(String kind) {
    return named.path(tableName(kind));
  }

  /** Writes the table of a kind, in place of the one that is there. */
  public void writeTable(String kind, DirectoryContent content) {
    named.writeDirectory(tableName(kind), content);
  }

  /** Writes a copy of the table of a kind for programs that read no Parquet. */
  public void writeCsv(String kind, String text) {
    named.writeText(csvName(kind), text);
  }

  /** The tables of the rows of a kind that are done, until all are; in the order of writing. */
  public List<Path> parts(String kind) throws IOException {
    if (!named.has(partsName(kind))) {
      return List.of();
    }
    List<Path> parts = new ArrayList<>();
    for (FileStatus part : named.files().fileSystem().listStatus(named.path(partsName(kind)))) {
      if (!AtomicFiles.isLeftover(part.getPath().getName())) {
        parts.add(part.getPath());
      }
    }
    parts.sort(null);
    return parts;
  }

  /** Writes another of them. */
  public void writePart(String kind, DirectoryContent content) throws IOException {
    List<Path> parts = parts(kind);
    int last = parts.isEmpty() ? -1 : Integer.parseInt(parts.get(parts.size() - 1).getName());
    named.writeDirectory(
        partsName(kind) + "/" + String.format(Locale.ROOT, "%06d", last + 1), content);
  }

  /** Deletes them. */
  public void discardParts(String kind) throws IOException {
    named.delete(partsName(kind));
  }

  /** The summary; empty where there is none. */
  public Optional<String> summary() throws IOException {
    return named.text(SUMMARY);
  }

  /** Writes the summary, in place of the one that is there. */
  public void writeSummary(String text) {
    named.writeText(SUMMARY, text);
  }

  /** Whether a picture of a kind is there. */
  public boolean hasPicture(String kind) throws IOException {
    return !pictures(kind).isEmpty();
  }

  /**
   * Writes a picture of a kind, in place of the one that is there.
   *
   * @param suffix of its name; empty for the kind's own
   * @throws IllegalArgumentException where that is the name of an evaluation's
   */
  public void writePicture(String kind, String suffix, FileContent content) {
    String name = StoredPictures.file(kind, suffix);
    if (EvaluationPictures.isOne(name)) {
      throw new IllegalArgumentException(name + " is a picture of the evaluation");
    }
    named.write(StoredPictures.place(name), content);
  }

  /**
   * Where an analysis is kept once another of its kind takes its place.
   *
   * @param fingerprint of the analysis, in hexadecimal
   */
  public Path kept(String kind, String fingerprint) {
    return new Path(keptRoot(fingerprint), tableFile(kind));
  }

  /**
   * Moves the analysis of a kind that is there to where it is kept. Killed at any point, its table
   * is whole in one of both places.
   *
   * @param fingerprint of the analysis, in hexadecimal
   * @param summary its figures
   */
  public void keep(String kind, String fingerprint, String summary) throws IOException {
    Path root = keptRoot(fingerprint);
    AtomicFiles files = named.files();
    new NamedFiles(files, root).writeText(RunDirectory.SUMMARY, summary);
    for (String picture : pictures(kind)) {
      Path path = named.path(picture);
      files.moveFile(path, new Path(root, path.getName()));
    }
    if (named.has(csvName(kind))) {
      files.moveFile(named.path(csvName(kind)), new Path(root, csvFile(kind)));
    }
    // Last: what is here is moved for as long as its table is.
    files.moveDirectory(table(kind), kept(kind, fingerprint));
  }

  private List<String> pictures(String kind) throws IOException {
    return new StoredPictures(named).files(file -> StoredPictures.isOf(kind, file));
  }

  /** Clears up what a killed job left. */
  void recover() throws IOException {
    named.files().recover(path());
    if (named.has(NAME)) {
      for (FileStatus entry : named.files().fileSystem().listStatus(path())) {
        if (entry.isDirectory() && entry.getPath().getName().endsWith(PARTS)) {
          named.files().recover(entry.getPath());
        }
      }
    }
  }

  private Path keptRoot(String fingerprint) {
    return named.path(KEPT + "/" + fingerprint.substring(0, DIGITS));
  }

  private static String tableName(String kind) {
    return NAME + "/" + tableFile(kind);
  }

  private static String tableFile(String kind) {
    return kind + ".parquet";
  }

  private static String csvName(String kind) {
    return NAME + "/" + csvFile(kind);
  }

  private static String csvFile(String kind) {
    return kind + ".csv";
  }

  private static String partsName(String kind) {
    return NAME + "/" + kind + PARTS;
  }
}
