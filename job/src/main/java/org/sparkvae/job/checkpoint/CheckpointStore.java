package org.sparkvae.job.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.archive.CheckpointFiles;
import org.sparkvae.archive.Manifest;
import org.sparkvae.archive.NetworkArchive;
import org.sparkvae.archive.TornCheckpointException;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.UnwritableException;

/**
 * The checkpoints of a run: {@code epoch-NNNNNN/} with {@code model.zip} (Deeplearning4j's {@code
 * ModelSerializer}, with the updater state), {@code state.json} and {@code manifest.sha256}.
 *
 * <p>A checkpoint is whole where every file has the digest in the manifest. One that is not,
 * because of a fault of the file system, is passed over with a warning.
 */
public final class CheckpointStore {
  private final AtomicFiles files;
  private final Path directory;
  private final int keep;
  private final Set<Integer> milestones;
  private final Consumer<String> warnings;

  CheckpointStore(AtomicFiles files, Path directory, int keep, Consumer<String> warnings) {
    this(files, directory, keep, Set.of(), warnings);
  }

  private CheckpointStore(
      AtomicFiles files,
      Path directory,
      int keep,
      Set<Integer> milestones,
      Consumer<String> warnings) {
    if (keep < 1) {
      throw new IllegalArgumentException("at least 1 checkpoint must be kept, not " + keep);
    }
    this.files = files;
    this.directory = directory;
    this.keep = keep;
    this.milestones = milestones;
    this.warnings = warnings;
  }

  /** The same, which keeps the checkpoints of some epochs, too. */
  public CheckpointStore keeping(List<Integer> epochs) {
    return new CheckpointStore(files, directory, keep, Set.copyOf(epochs), warnings);
  }

  /**
   * A checkpoint read back.
   *
   * @param network parameters and optimiser state, the same to the bit
   * @param state where training stood
   */
  public record Restored(MultiLayerNetwork network, TrainingState state) {}

  /**
   * Writes the checkpoint of {@code state.epoch()}, then deletes all but the last few, the best,
   * and those that are milestones.
   *
   * @throws UnwritableException where it cannot be written; the checkpoints before it are untouched
   */
  public void save(MultiLayerNetwork network, TrainingState state) {
    try {
      write(network, state);
      prune(state);
    } catch (IOException e) {
      throw new UnwritableException(path(state.epoch()), e);
    }
  }

  /**
   * The newest whole checkpoint; none where there is none.
   *
   * @throws UncheckedIOException where the file system fails
   */
  public Optional<Restored> latest() {
    try {
      for (int epoch : epochs()) {
        try {
          return Optional.of(read(epoch));
        } catch (TornCheckpointException e) {
          warnings.accept(e.getMessage() + "; using the checkpoint before it, if any");
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Whether the newest checkpoint is whole, so that it is {@link #latest}; also where there is
   * none.
   *
   * @throws UncheckedIOException where the file system fails
   */
  public boolean isNewestWhole() {
    try {
      List<Integer> epochs = epochs();
      if (!epochs.isEmpty()) {
        read(epochs.get(0));
      }
      return true;
    } catch (TornCheckpointException e) {
      return false;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The checkpoint of an epoch.
   *
   * @throws UncheckedIOException where it is missing or not whole, naming the file
   */
  public Restored at(int epoch) {
    try {
      return read(epoch);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The epochs whose checkpoints are there, whole or not, rising.
   *
   * @throws UncheckedIOException where the file system fails
   */
  public List<Integer> kept() {
    try {
      List<Integer> kept = epochs();
      kept.sort(null);
      return List.copyOf(kept);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void write(MultiLayerNetwork network, TrainingState state) throws IOException {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    contents.put(CheckpointFiles.MODEL, NetworkArchive.write(network));
    contents.put(CheckpointFiles.STATE, StateJson.write(state));
    files.directory(
        path(state.epoch()),
        temporary -> {
          for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            files.plainFile(new Path(temporary, file.getKey()), out -> out.write(file.getValue()));
          }
          files.plainFile(
              new Path(temporary, Manifest.NAME), out -> out.write(Manifest.of(contents)));
        });
  }

  private Restored read(int epoch) throws IOException {
    Path checkpoint = path(epoch);
    SortedMap<String, byte[]> contents = new TreeMap<>();
    byte[] manifest = read(new Path(checkpoint, Manifest.NAME));
    for (String name : CheckpointFiles.ALL) {
      contents.put(name, read(new Path(checkpoint, name)));
    }
    Optional<String> fault = Manifest.fault(manifest, contents);
    if (fault.isPresent()) {
      throw torn(new Path(checkpoint, fault.get()), "does not match its SHA-256");
    }
    return new Restored(
        NetworkArchive.read(contents.get(CheckpointFiles.MODEL)),
        StateJson.read(contents.get(CheckpointFiles.STATE)));
  }

  /** The epochs that have a checkpoint, whole or not, newest first. */
  private List<Integer> epochs() throws IOException {
    FileSystem fileSystem = files.fileSystem();
    List<Integer> epochs = new ArrayList<>();
    if (fileSystem.exists(directory)) {
      for (FileStatus entry : fileSystem.listStatus(directory)) {
        OptionalInt epoch = CheckpointFiles.epoch(entry.getPath().getName());
        if (entry.isDirectory() && epoch.isPresent()) {
          epochs.add(epoch.getAsInt());
        }
      }
    }
    epochs.sort(Comparator.reverseOrder());
    return epochs;
  }

  private void prune(TrainingState state) throws IOException {
    int kept = 0;
    for (int epoch : epochs()) {
      if (epoch > state.epoch()) {
        // Left by a run that went on from an earlier checkpoint because this one was not whole.
        files.delete(path(epoch));
      } else if (kept < keep) {
        kept++;
      } else if (epoch != state.bestEpoch() && !milestones.contains(epoch)) {
        files.delete(path(epoch));
      }
    }
  }

  private byte[] read(Path file) throws IOException {
    try (InputStream in = files.fileSystem().open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw torn(file, "is missing");
    } catch (ChecksumException | BlockMissingException e) {
      throw torn(file, "is damaged");
    }
  }

  private static TornCheckpointException torn(Path file, String fault) {
    return new TornCheckpointException(file.toString(), fault);
  }

  private UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException(
        "cannot go on from the checkpoints in %s: %s; restore the file, or train anew with run.mode=overwrite and pipeline=[train, evaluate]"
            .formatted(directory, e.getMessage()),
        e);
  }

  private Path path(int epoch) {
    return new Path(directory, CheckpointFiles.name(epoch));
  }
}
