package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.NamedFiles;

/** The folder of a run's pictures. */
public final class StoredPictures {
  private static final String ENDING = ".png";

  private final NamedFiles named;

  StoredPictures(NamedFiles named) {
    this.named = named;
  }

  /** Their names, without the ending, sorted. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    if (named.has(RunDirectory.PICTURES)) {
      for (FileStatus file :
          named.files().fileSystem().listStatus(named.path(RunDirectory.PICTURES))) {
        String name = file.getPath().getName();
        if (file.isFile() && name.endsWith(ENDING) && !AtomicFiles.isLeftover(name)) {
          names.add(name.substring(0, name.length() - ENDING.length()));
        }
      }
    }
    names.sort(null);
    return names;
  }

  /** The files of those whose file names are wanted, by their places in the run's directory. */
  List<String> files(Predicate<String> isWanted) throws IOException {
    return names().stream()
        .map(name -> name + ENDING)
        .filter(isWanted)
        .map(StoredPictures::place)
        .toList();
  }

  /** Where a file of the folder is in the run's directory. */
  static String place(String file) {
    return RunDirectory.PICTURES + "/" + file;
  }

  /**
   * The file name of a picture of a stage or analysis.
   *
   * @param suffix of its name; empty for the owner's own
   */
  static String file(String owner, String suffix) {
    return (suffix.isEmpty() ? owner : owner + "-" + suffix) + ENDING;
  }

  /** Whether a file is a picture of a stage or analysis. */
  static boolean isOf(String owner, String file) {
    return file.matches(owner + "(-[a-z-]+)?\\.png") && !EvaluationPictures.isOne(file);
  }

  /** Where the picture of a name is. */
  public Path path(String name) {
    return named.path(place(name + ENDING));
  }

  /** The PNG file of a name. */
  public byte[] read(String name) throws IOException {
    try (InputStream in = named.files().fileSystem().open(path(name))) {
      return in.readAllBytes();
    }
  }
}
