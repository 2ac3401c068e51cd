package org.sparkvae.job.storage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Writes files beside their place and renames them into it, so that what has the final name is
 * whole; directories too, where the file system renames those in one step, else as {@link
 * MarkedDirectories} does.
 *
 * <p>A Hadoop rename replaces nothing on some file systems, so what stands in the place is renamed
 * away first. A process that is killed leaves at most a {@code _temporary.} or an {@code _old.}
 * entry; {@link #recover} throws the first away, and puts the second back where nothing has taken
 * its place.
 */
public final class AtomicFiles {
  private static final String TEMPORARY = "_temporary.";
  private static final String OLD = "_old.";

  private final FileSystem fileSystem;
  private final Guard guard;
  private final DirectoryPlacing directories;

  /** Writes to a file system for as long as the guard permits. */
  public AtomicFiles(FileSystem fileSystem, Guard guard) {
    this.fileSystem = fileSystem;
    this.guard = guard;
    this.directories = DirectoryPlacing.on(fileSystem, guard);
  }

  /** Permits changes. */
  @FunctionalInterface
  public interface Guard {
    /** Throws where no change may be made any more. */
    void check() throws IOException;
  }

  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** Writes a file, in place of the one that is there, if any. */
  public void file(Path target, FileContent content) throws IOException {
    guard.check();
    Path temporary = temporary(target);
    plainFile(temporary, content);
    guard.check();
    publish(fileSystem, temporary, target);
  }

  /** Writes a directory, in place of the one that is there, if any. */
  public void directory(Path target, DirectoryContent content) throws IOException {
    directories.write(target, content);
  }

  /** Writes a file into a directory that is not published yet. */
  public void plainFile(Path path, FileContent content) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(path, true)) {
      content.write(out);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    } catch (FSError e) {
      throw unwrapped(e);
    }
  }

  /** Moves a file, in place of the one that is there, if any. */
  public void moveFile(Path from, Path to) throws IOException {
    guard.check();
    fileSystem.mkdirs(to.getParent());
    publish(fileSystem, from, to);
  }

  /** Moves a directory, in place of the one that is there, if any; it is whole in one of both. */
  public void moveDirectory(Path from, Path to) throws IOException {
    directories.move(from, to);
  }

  /** Deletes a file, or a directory as a whole, if it is there. */
  public void delete(Path path) throws IOException {
    directories.delete(path);
  }

  /** Clears up in a directory what a killed process left. */
  public void recover(Path directory) throws IOException {
    guard.check();
    if (!fileSystem.exists(directory)) {
      return;
    }
    for (FileStatus entry : fileSystem.listStatus(directory)) {
      Path path = entry.getPath();
      if (path.getName().startsWith(OLD)) {
        Path target = new Path(directory, path.getName().substring(OLD.length()));
        if (fileSystem.exists(target)) {
          fileSystem.delete(path, true);
        } else {
          rename(fileSystem, path, target);
        }
      } else if (path.getName().startsWith(TEMPORARY)) {
        fileSystem.delete(path, true);
      }
    }
  }

  /** What is behind the error that Hadoop's local file system throws where the disk is full. */
  static IOException unwrapped(FSError error) {
    return error.getCause() instanceof IOException cause ? cause : new IOException(error);
  }

  /** The name beside a place under which something is written, or thrown away. */
  static Path temporary(Path target) {
    return sibling(TEMPORARY, target);
  }

  /** The name beside a place under which what stood there waits until it is replaced. */
  public static Path old(Path target) {
    return sibling(OLD, target);
  }

  /**
   * Where a file is to be read, which a process may have been about to replace when it was killed;
   * none where there is none.
   */
  public static Optional<Path> standing(FileSystem fileSystem, Path target) throws IOException {
    for (Path place : List.of(target, old(target))) {
      if (fileSystem.exists(place)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /** Whether a name is one that a killed process may have left. */
  public static boolean isLeftover(String name) {
    return name.startsWith(TEMPORARY) || name.startsWith(OLD);
  }

  /** Renames something into its place; what stands there is renamed away first. */
  static void publish(FileSystem fileSystem, Path temporary, Path target) throws IOException {
    Path old = old(target);
    fileSystem.delete(old, true);
    if (fileSystem.exists(target)) {
      rename(fileSystem, target, old);
    }
    rename(fileSystem, temporary, target);
    fileSystem.delete(old, true);
  }

  /** Renames, or throws. */
  static void rename(FileSystem fileSystem, Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("cannot rename " + from + " to " + to);
    }
  }

  private static Path sibling(String prefix, Path target) {
    return new Path(target.getParent(), prefix + target.getName());
  }
}
