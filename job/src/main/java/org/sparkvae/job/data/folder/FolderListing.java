package org.sparkvae.job.data.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.KindCounts;
import org.sparkvae.job.data.source.PassedOver;
import org.sparkvae.job.data.source.SourceFiles;
import org.sparkvae.job.settings.ImageSource;

/**
 * The PNG and JPEG files under a folder, sorted by their paths below it (UTF-16 order).
 *
 * @param files in order
 * @param labelNames names of the files' own folders, sorted; empty where labels are not wanted
 * @param passedOver the files that are no such images
 */
record FolderListing(List<FolderFile> files, List<String> labelNames, PassedOver passedOver) {

  /** Lists a folder and the folders under it, but not names that begin with a dot or underscore. */
  static FolderListing of(Configuration hadoop, ImageSource.Folder source) {
    if (!SourceFiles.status(hadoop, source.path()).isDirectory()) {
      throw new DataException(source.path() + ": is a file; name the folder that holds the images");
    }
    Path root;
    Map<String, Long> lengths;
    try {
      FileSystem fileSystem = SourceFiles.fileSystem(hadoop, new Path(source.path()));
      root = fileSystem.makeQualified(new Path(source.path()));
      lengths =
          root.toUri().getScheme().equals("file")
              ? LocalFolder.lengths(java.nio.file.Path.of(root.toUri().getPath()))
              : lengths(fileSystem, root);
    } catch (IOException e) {
      throw SourceFiles.unreadable(source.path(), e);
    }
    // What lies in a hidden folder is not met on every file system.
    lengths.keySet().removeIf(FolderListing::isInHiddenFolder);
    PassedOver passedOver =
        new PassedOver(
            source.path(), kinds(lengths.keySet().stream().filter(name -> !isRead(name))));
    lengths.keySet().removeIf(name -> !isRead(name));
    if (lengths.isEmpty()) {
      throw empty(passedOver);
    }
    return number(source, root.getName(), lengths, passedOver);
  }

  /** Counts files by the endings of their names. */
  private static KindCounts kinds(Stream<String> names) {
    Map<String, Long> counts = new TreeMap<>();
    names.forEach(name -> counts.merge(kind(name), 1L, Long::sum));
    return KindCounts.of(counts);
  }

  private static String kind(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    if (isHidden(file)) {
      return "hidden";
    }
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "without an ending" : file.substring(dot).toLowerCase(Locale.ROOT);
  }

  private static DataException empty(PassedOver passedOver) {
    long files = passedOver.kinds().total();
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: holds no .png, .jpg or .jpeg file%s; %s",
            passedOver.path(),
            files == 0 ? "" : ", but " + passedOver.kinds(),
            passedOver.unreadImages().isEmpty()
                ? "name a folder of images"
                : "convert them to PNG or JPEG, or name a folder of such images"));
  }

  private static Map<String, Long> lengths(FileSystem fileSystem, Path root) throws IOException {
    Map<String, Long> lengths = new TreeMap<>();
    String prefix = root.toUri().getPath();
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(root, true);
    while (files.hasNext()) {
      LocatedFileStatus file = files.next();
      String below = file.getPath().toUri().getPath().substring(prefix.length());
      lengths.put(below.startsWith("/") ? below.substring(1) : below, file.getLen());
    }
    return lengths;
  }

  private static boolean isRead(String name) {
    return isImage(name) && !isHidden(name);
  }

  private static boolean isInHiddenFolder(String name) {
    int folder = name.lastIndexOf('/');
    return folder > 0 && isHidden(name.substring(0, folder));
  }

  private static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
  }

  /** Whether a path below the folder has a part that begins with a dot or underscore. */
  static boolean isHidden(String name) {
    String inFolder = "/" + name;
    return inFolder.contains("/.") || inFolder.contains("/_");
  }

  private static FolderListing number(
      ImageSource.Folder source, String root, Map<String, Long> lengths, PassedOver passedOver) {
    List<String> labelNames =
        source.labels().isEmpty()
            ? List.of()
            : lengths.keySet().stream()
                .map(name -> parent(root, name))
                .sorted()
                .distinct()
                .toList();
    String base = source.path().endsWith("/") ? source.path() : source.path() + "/";
    List<FolderFile> files = new ArrayList<>();
    for (Map.Entry<String, Long> entry : lengths.entrySet()) {
      if (source.limit() != 0 && files.size() == source.limit()) {
        break;
      }
      String name = entry.getKey();
      int label =
          labelNames.isEmpty() ? -1 : Collections.binarySearch(labelNames, parent(root, name));
      files.add(new FolderFile(files.size(), base + name, entry.getValue(), label));
    }
    return new FolderListing(files, labelNames, passedOver);
  }

  private static String parent(String root, String name) {
    String[] parts = ("/" + name).split("/");
    return parts.length < 3 ? root : parts[parts.length - 2];
  }
}
