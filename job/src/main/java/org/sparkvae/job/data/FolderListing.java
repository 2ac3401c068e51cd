package org.sparkvae.job.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.sparkvae.job.settings.ImageSource;

/**
 * The PNG and JPEG files under a folder, sorted by their paths below it (UTF-16 order).
 *
 * @param files in order
 * @param labelNames names of the files' own folders, sorted; empty where labels are not wanted
 */
record FolderListing(List<FolderFile> files, List<String> labelNames) {

  /** Lists a folder and the folders under it, but not names that begin with a dot or underscore. */
  static FolderListing of(Configuration hadoop, ImageSource.Folder source) {
    if (!SourceFiles.status(hadoop, source.path()).isDirectory()) {
      throw new DataException(source.path() + ": is a file; name the folder that holds the images");
    }
    TreeMap<String, FileStatus> found;
    try {
      found = find(hadoop, new Path(source.path()));
    } catch (IOException e) {
      throw SourceFiles.unreadable(source.path(), e);
    }
    if (found.isEmpty()) {
      throw new DataException(
          source.path() + ": holds no .png, .jpg or .jpeg file; name a folder of images");
    }
    return number(source, found);
  }

  private static TreeMap<String, FileStatus> find(Configuration hadoop, Path folder)
      throws IOException {
    TreeMap<String, FileStatus> found = new TreeMap<>();
    Path root = SourceFiles.fileSystem(hadoop, folder).makeQualified(folder);
    String prefix = root.toUri().getPath();
    RemoteIterator<LocatedFileStatus> files =
        SourceFiles.fileSystem(hadoop, folder).listFiles(root, true);
    while (files.hasNext()) {
      FileStatus file = files.next();
      String below = file.getPath().toUri().getPath().substring(prefix.length());
      String name = below.startsWith("/") ? below.substring(1) : below;
      if (isImage(name) && !isHidden(name)) {
        found.put(name, file);
      }
    }
    return found;
  }

  private static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
  }

  private static boolean isHidden(String name) {
    String inFolder = "/" + name;
    return inFolder.contains("/.") || inFolder.contains("/_");
  }

  private static FolderListing number(ImageSource.Folder source, Map<String, FileStatus> found) {
    List<String> labelNames =
        source.labels().isEmpty()
            ? List.of()
            : found.values().stream().map(FolderListing::parent).sorted().distinct().toList();
    String base = source.path().endsWith("/") ? source.path() : source.path() + "/";
    List<FolderFile> files = new ArrayList<>();
    for (Map.Entry<String, FileStatus> entry : found.entrySet()) {
      if (source.limit() != 0 && files.size() == source.limit()) {
        break;
      }
      FileStatus file = entry.getValue();
      int label = labelNames.isEmpty() ? -1 : Collections.binarySearch(labelNames, parent(file));
      files.add(new FolderFile(files.size(), base + entry.getKey(), file.getLen(), label));
    }
    return new FolderListing(files, labelNames);
  }

  private static String parent(FileStatus file) {
    return file.getPath().getParent().getName();
  }
}
