package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The pictures of a run, to be read. */
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
        if (name.endsWith(ENDING) && !AtomicFiles.isLeftover(name)) {
          names.add(name.substring(0, name.length() - ENDING.length()));
        }
      }
    }
    names.sort(null);
    return names;
  }

  /** The PNG file of a name. */
  public byte[] read(String name) throws IOException {
    Path path = named.path(RunDirectory.PICTURES + "/" + name + ENDING);
    try (InputStream in = named.files().fileSystem().open(path)) {
      return in.readAllBytes();
    }
  }
}
