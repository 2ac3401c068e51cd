package org.sparkvae.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A network read from a local file, wherever a path leads to it.
 *
 * @param file that it was read from
 * @param network without the state of its updater
 */
public record StoredNetwork(Path file, MultiLayerNetwork network) {
  private static final System.Logger LOG = System.getLogger(StoredNetwork.class.getName());

  private static final String GIVE =
      "give the directory of a run, that of a checkpoint, or its " + CheckpointFiles.MODEL;

  /**
   * Reads a network.
   *
   * @param path an archive; or a checkpoint's directory, {@code epoch-NNNNNN}; or a run's: the
   *     checkpoint that {@link CheckpointFiles#TRAINED} names, or else the newest whole one, before
   *     which others are passed over with a warning
   * @throws IOException in one line, where there is nothing of the kind, or it is damaged
   */
  public static StoredNetwork read(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return of(path, Files.readAllBytes(path));
    }
    if (!Files.isDirectory(path)) {
      throw new FileNotFoundException("there is no %s; %s".formatted(path, GIVE));
    }
    try {
      return ofDirectory(path);
    } catch (TornCheckpointException e) {
      throw new IOException(
          "%s; restore it, or give a checkpoint's %s, which is then read as it is"
              .formatted(e.getMessage(), CheckpointFiles.MODEL),
          e);
    }
  }

  private static StoredNetwork ofDirectory(Path path) throws IOException {
    if (isCheckpoint(path)) {
      return ofCheckpoint(path);
    }
    Path checkpoints = path.resolve(CheckpointFiles.DIRECTORY);
    if (!Files.isDirectory(checkpoints)) {
      throw new IOException(
          "%s holds neither %s/ nor %s; %s"
              .formatted(path, CheckpointFiles.DIRECTORY, CheckpointFiles.MODEL, GIVE));
    }
    Path trained = checkpoints.resolve(CheckpointFiles.TRAINED);
    String named = Files.exists(trained) ? Files.readString(trained).strip() : "";
    return CheckpointFiles.epoch(named).isPresent()
        ? ofCheckpoint(checkpoints.resolve(named))
        : newest(checkpoints);
  }

  private static boolean isCheckpoint(Path directory) {
    return Stream.of(CheckpointFiles.MODEL, Manifest.NAME)
        .anyMatch(name -> Files.exists(directory.resolve(name)));
  }

  private static StoredNetwork newest(Path checkpoints) throws IOException {
    TornCheckpointException first = null;
    for (Path checkpoint : newestFirst(checkpoints)) {
      try {
        return ofCheckpoint(checkpoint);
      } catch (TornCheckpointException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0}; using the checkpoint before it, if any",
            e.getMessage());
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
    throw new IOException(
        "%s holds no checkpoint: wait for the run's first epoch, or train it on"
            .formatted(checkpoints));
  }

  private static List<Path> newestFirst(Path checkpoints) throws IOException {
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) && epoch(entry) >= 0)
          .sorted(Comparator.comparingInt(StoredNetwork::epoch).reversed())
          .toList();
    }
  }

  private static int epoch(Path directory) {
    return CheckpointFiles.epoch(directory.getFileName().toString()).orElse(-1);
  }

  private static StoredNetwork ofCheckpoint(Path directory) throws IOException {
    byte[] manifest = content(directory.resolve(Manifest.NAME));
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String name : CheckpointFiles.ALL) {
      files.put(name, content(directory.resolve(name)));
    }
    Optional<String> fault = Manifest.fault(manifest, files);
    if (fault.isPresent()) {
      throw torn(directory.resolve(fault.get()), "does not match its SHA-256");
    }
    return of(directory.resolve(CheckpointFiles.MODEL), files.get(CheckpointFiles.MODEL));
  }

  private static byte[] content(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw torn(file, "is missing");
    }
  }

  private static TornCheckpointException torn(Path file, String fault) {
    return new TornCheckpointException(file.toString(), fault);
  }

  private static StoredNetwork of(Path file, byte[] archive) throws IOException {
    try {
      return new StoredNetwork(file, NetworkArchive.readWithoutUpdater(archive));
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IOException(
          "%s cannot be read: %s; copy it again, or %s".formatted(file, why, GIVE), e);
    }
  }
}
