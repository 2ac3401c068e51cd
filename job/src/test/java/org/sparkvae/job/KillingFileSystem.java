package org.sparkvae.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system, where the process dies of SIGKILL at a given change to it: before the
 * change, or, where that is a write, when half of the bytes are written.
 */
public final class KillingFileSystem extends RawLocalFileSystem {
  /** A regular expression of changes, such as {@code write /a/path}. */
  static final String AT = "test.kill.at";

  /** Which of the changes that match, from 1. */
  static final String NUMBER = "test.kill.at.number";

  private static final AtomicInteger CHANGES = new AtomicInteger();

  private boolean isLast(String change) {
    return change.matches(getConf().get(AT))
        && CHANGES.incrementAndGet() == getConf().getInt(NUMBER, 1);
  }

  private void change(String what, Path path) {
    String change = what + " " + path.toUri().getPath();
    if (isLast(change)) {
      System.err.println("killed in: " + change);
      Death.now();
    }
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    change("mkdirs", path);
    return super.mkdirs(path, permission);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    change("mkdirs", path);
    return super.mkdirs(path);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change("rename", from);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change("delete", path);
    return super.delete(path, recursive);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    change("create", path);
    return killing(
        path, super.create(path, permission, overwrite, buffer, replication, block, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    change("create", path);
    return killing(path, super.create(path, overwrite, buffer, replication, block, progress));
  }

  private FSDataOutputStream killing(Path path, FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(new KillingStream(path, out), null);
  }

  private final class KillingStream extends OutputStream {
    private final Path path;
    private final FSDataOutputStream out;

    KillingStream(Path path, FSDataOutputStream out) {
      this.path = path;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      String change = "write " + path.toUri().getPath();
      if (isLast(change)) {
        out.write(bytes, offset, length / 2);
        out.flush();
        System.err.println("killed in: " + change);
        Death.now();
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
