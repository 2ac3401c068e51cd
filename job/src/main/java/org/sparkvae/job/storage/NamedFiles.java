package org.sparkvae.job.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The files and directories in a directory, by their names; a name may hold one directory.
 *
 * @param files writes them
 * @param root the directory
 */
public record NamedFiles(AtomicFiles files, Path root) {
  public Path path(String name) {
    return new Path(root, name);
  }

  public boolean has(String name) throws IOException {
    return files.fileSystem().exists(path(name));
  }

  /** What a text file in UTF-8 holds; nothing where there is none. */
  public Optional<String> text(String name) throws IOException {
    return bytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** What a file holds; nothing where there is none. */
  public Optional<byte[]> bytes(String name) throws IOException {
    if (!has(name)) {
      return Optional.empty();
    }
    try (InputStream in = files.fileSystem().open(path(name))) {
      return Optional.of(in.readAllBytes());
    }
  }

  /**
   * Writes a file, in place of the one that is there.
   *
   * @throws UnwritableException where the store does not take it
   */
  public void write(String name, FileContent content) {
    try {
      files.file(path(name), content);
    } catch (IOException e) {
      throw new UnwritableException(path(name), e);
    }
  }

  /** Writes a text file in UTF-8, in place of the one that is there. */
  public void writeText(String name, String text) {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a directory, in place of the one that is there.
   *
   * @param content writes to the path it is given, which does not exist yet
   * @throws UnwritableException where the store does not take it, in this process or in a task
   */
  public void writeDirectory(String name, DirectoryContent content) {
    try {
      files.directory(path(name), content);
    } catch (Exception e) { // Spark throws its checked exceptions undeclared.
      throw UnwritableException.of(path(name), e);
    }
  }

  /** Deletes a file, or a directory as a whole, if it is there. */
  public void delete(String name) throws IOException {
    files.delete(path(name));
  }
}
