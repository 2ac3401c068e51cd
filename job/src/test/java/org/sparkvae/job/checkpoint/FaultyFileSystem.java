package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system over another one that fails at a change to it: before the change, or, where that is
 * a write, when half of the bytes are written.
 */
public abstract class FaultyFileSystem extends FilterFileSystem {
  /** Over another one. */
  protected FaultyFileSystem(FileSystem fileSystem) {
    super(fileSystem);
  }

  /**
   * Whether it fails at a change; asked once for every change, in their order.
   *
   * @param change what and where, such as {@code write /a/path}
   */
  protected abstract boolean failsAt(String change);

  /** Fails; does not return. */
  protected abstract void fail(String change) throws IOException;

  private static String change(String what, Path path) {
    return what + " " + path.toUri().getPath();
  }

  private void before(String what, Path path) throws IOException {
    String change = change(what, path);
    if (failsAt(change)) {
      fail(change);
    }
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    before("mkdirs", path);
    return super.mkdirs(path, permission);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    before("mkdirs", path);
    return super.mkdirs(path);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    before("rename", from);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    before("delete", path);
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
    before("create", path);
    FSDataOutputStream out =
        super.create(path, permission, overwrite, buffer, replication, block, progress);
    return new FSDataOutputStream(new FaultyStream(path, out), null);
  }

  private final class FaultyStream extends OutputStream {
    private final Path path;
    private final FSDataOutputStream out;

    FaultyStream(Path path, FSDataOutputStream out) {
      this.path = path;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      String change = change("write", path);
      if (failsAt(change)) {
        out.write(bytes, offset, length / 2);
        out.close();
        fail(change);
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
