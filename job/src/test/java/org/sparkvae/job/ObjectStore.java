package org.sparkvae.job;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.sparkvae.job.checkpoint.CopyingFileSystem;
import org.sparkvae.job.checkpoint.FaultyFileSystem;

/**
 * The local disk as {@code copying:/a/path}, with what an object store does to directories: their
 * rename is a copy of file after file, and is noted.
 *
 * <p>It may be lost at a change: that one and all later ones fail, but for those of the lock, as a
 * job gives that back whose store is lost to its tasks only.
 */
public final class ObjectStore extends CopyingFileSystem {
  private static final List<String> RENAMED = Collections.synchronizedList(new ArrayList<>());

  // Not settings: Hadoop keeps a file system from run to run.
  private static volatile String lostAt = "";
  private static volatile boolean lost;

  /** For Hadoop. */
  public ObjectStore() {
    super(new Losing());
  }

  /** Settings of Spark by which paths of this scheme are known. */
  static Map<String, String> settings() {
    return Map.of("spark.hadoop.fs.copying.impl", ObjectStore.class.getName());
  }

  /** As a URI of this store. */
  static String uri(java.nio.file.Path path) {
    return "copying:" + path;
  }

  /**
   * Says where it is lost next; until then it is there.
   *
   * @param change a regular expression of changes, such as {@code write /a/path}; empty for none
   */
  static void loseAt(String change) {
    lostAt = change;
    lost = false;
  }

  /** Directories that were renamed since this was asked last. */
  static List<String> renamed() {
    List<String> renamed = List.copyOf(RENAMED);
    RENAMED.clear();
    return renamed;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (getFileStatus(from).isDirectory()) {
      RENAMED.add(from.toUri().getPath());
    }
    return super.rename(from, to);
  }

  private static FileSystem disk() {
    return new RawLocalFileSystem() {
      @Override
      public URI getUri() {
        return URI.create("copying:///");
      }
    };
  }

  private static final class Losing extends FaultyFileSystem {
    Losing() {
      super(disk());
    }

    @Override
    protected boolean failsAt(String change) {
      lost |= change.matches(lostAt);
      return lost && !change.endsWith("/_running");
    }

    @Override
    protected void fail(String change) throws IOException {
      throw new IOException("lost in: " + change);
    }
  }
}
