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
 * A file system whose process is killed at a given change: that one and all later ones fail. A
 * write that is cut off leaves half of its bytes.
 */
final class DyingFileSystem extends FilterFileSystem {
  private final int survived;
  private int changes;

  /** Dies at the change after {@code survived} ones. */
  DyingFileSystem(FileSystem fileSystem, int survived) {
    super(fileSystem);
    this.survived = survived;
  }

  /** Changes asked for so far. */
  int changes() {
    return changes;
  }

  private boolean dies() {
    return changes++ >= survived;
  }

  private void change() throws IOException {
    if (dies()) {
      throw new IOException("killed");
    }
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    change();
    return super.mkdirs(path, permission);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    change();
    return super.mkdirs(path);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change();
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
    change();
    FSDataOutputStream out =
        super.create(path, permission, overwrite, buffer, replication, block, progress);
    return new FSDataOutputStream(new DyingStream(out), null);
  }

  private final class DyingStream extends OutputStream {
    private final FSDataOutputStream out;

    DyingStream(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (dies()) {
        out.write(bytes, offset, length / 2);
        out.close();
        throw new IOException("killed");
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
