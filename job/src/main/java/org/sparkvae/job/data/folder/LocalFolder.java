package org.sparkvae.job.data.folder;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.source.SourceFiles;

/**
 * Lists a folder of the local file system. Hadoop's own listing follows symbolic links that lead
 * back until the system stops it, and leaves out those that lead nowhere.
 */
final class LocalFolder extends SimpleFileVisitor<Path> {
  private final Path root;
  private final Map<String, Long> lengths = new TreeMap<>();

  private LocalFolder(Path root) {
    this.root = root;
  }

  /**
   * The length in bytes of every file in it that is not hidden, by its path below it.
   *
   * @throws DataException where a link leads back
   */
  static Map<String, Long> lengths(Path root) throws IOException {
    LocalFolder folder = new LocalFolder(root);
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, folder);
    return folder.lengths;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return FolderListing.isHidden(below(directory))
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    lengths.put(below(file), attributes.size());
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    if (FolderListing.isHidden(below(file))) {
      return FileVisitResult.CONTINUE;
    }
    if (failure instanceof FileSystemLoopException) {
      throw new DataException(file + ": is a symbolic link to a folder above it; remove the link");
    }
    // Their messages are only the path.
    String reason = failure.getClass().getSimpleName();
    throw SourceFiles.unreadable(file.toString(), new IOException(reason, failure));
  }

  private String below(Path path) {
    return root.relativize(path).toString();
  }
}
