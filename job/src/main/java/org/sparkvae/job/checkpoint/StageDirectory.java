package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.DirectoryContent;
import org.sparkvae.job.storage.FileContent;
import org.sparkvae.job.storage.NamedFiles;

/**
 * Where a stage writes what it makes with a trained model: {@code STAGE.parquet}, its figures
 * {@code STAGE.json}, {@code pictures/STAGE*.png}, and single images in {@code STAGE/}. The figures
 * are written last, and hold the mark of the table that they are of.
 */
public final class StageDirectory {
  /** What an earlier outcome of a stage is kept in, by its mark. */
  static final String KEPT = "stages";

  /** Hexadecimal digits of a mark in the name of a directory. */
  private static final int DIGITS = 16;

  private final NamedFiles named;
  private final String stage;

  StageDirectory(NamedFiles named, String stage) {
    this.named = named;
    this.stage = stage;
  }

  /** The directory that all is written in. */
  public Path path() {
    return named.root();
  }

  /** Where the table is, or will be. */
  public Path table() {
    return named.path(tableName());
  }

  /** Writes the table, in place of the one that is there. */
  public void writeTable(DirectoryContent content) {
    named.writeDirectory(tableName(), content);
  }

  /** Where a slice of the table is, or will be, until the table is whole. */
  public Path slice(int number) {
    return named.path(sliceName(number));
  }

  /** Writes a slice of the table. */
  public void writeSlice(int number, DirectoryContent content) {
    named.writeDirectory(sliceName(number), content);
  }

  /** Deletes the slices. */
  public void discardSlices() throws IOException {
    named.delete(slicesName());
  }

  /** The figures; empty where there are none. */
  public Optional<String> figures() throws IOException {
    return named.text(figuresName());
  }

  /** Writes the figures, in place of those that are there. */
  public void writeFigures(String text) {
    named.writeText(figuresName(), text);
  }

  /** Writes a copy of the table for programs that read no Parquet. */
  public void writeCsv(String text) {
    named.writeText(csvName(), text);
  }

  /**
   * Writes a picture.
   *
   * @param suffix of its name; empty for the stage's own
   */
  public void writePicture(String suffix, FileContent content) {
    named.write(StoredPictures.place(StoredPictures.file(stage, suffix)), content);
  }

  /** Writes a single image. */
  public void writeImage(String name, FileContent content) {
    named.write(stage + "/" + name, content);
  }

  /** The name of the table. */
  public String tableName() {
    return stage + ".parquet";
  }

  /** All that is there but the table and its slices, by name. */
  public List<String> told() throws IOException {
    List<String> told = new ArrayList<>();
    for (String name : List.of(figuresName(), csvName(), stage)) {
      if (named.has(name)) {
        told.add(name);
      }
    }
    told.addAll(pictures());
    return told;
  }

  /** Deletes all but the table: what is told of it, before it is told anew. */
  public void discardTold() throws IOException {
    for (String name : told()) {
      named.delete(name);
    }
  }

  /** Where the outcome with a mark is kept once another takes its place. */
  public Path kept(String mark) {
    return named.path(KEPT + "/" + mark.substring(0, DIGITS));
  }

  /** A table that is kept. */
  public Path keptTable(String mark) {
    return new Path(kept(mark), tableName());
  }

  /**
   * Moves what is there to where it is kept. Killed at any point, the table is whole in one of both
   * places.
   */
  public void keep(String mark) throws IOException {
    AtomicFiles files = named.files();
    Path root = kept(mark);
    move(figuresName(), root);
    move(csvName(), root);
    for (String picture : pictures()) {
      move(picture, root);
    }
    if (named.has(stage)) {
      files.moveDirectory(named.path(stage), new Path(root, stage));
    }
    // Last: what is here is moved for as long as its table is.
    files.moveDirectory(table(), keptTable(mark));
  }

  private void move(String name, Path root) throws IOException {
    if (named.has(name)) {
      named.files().moveFile(named.path(name), new Path(root, name));
    }
  }

  private List<String> pictures() throws IOException {
    return new StoredPictures(named).files(file -> StoredPictures.isOf(stage, file));
  }

  /** Clears up what a killed job left. */
  void recover() throws IOException {
    named.files().recover(path());
    named.files().recover(named.path(RunDirectory.PICTURES));
    named.files().recover(named.path(slicesName()));
    named.files().recover(named.path(stage));
  }

  /** Deletes all that a stage wrote, slices as well. */
  void discard() throws IOException {
    discardTold();
    discardSlices();
    named.delete(tableName());
  }

  private String slicesName() {
    return stage + "-slices";
  }

  private String sliceName(int number) {
    return String.format(Locale.ROOT, "%s/%04d", slicesName(), number);
  }

  private String csvName() {
    return stage + ".csv";
  }

  private String figuresName() {
    return stage + ".json";
  }
}
