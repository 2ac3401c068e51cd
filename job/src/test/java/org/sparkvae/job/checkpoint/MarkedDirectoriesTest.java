package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.fixtures.CopyingFileSystem;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.Places;

/** Runs on a file system that renames directories file by file, cut off at every change. */
class MarkedDirectoriesTest {
  private final FileSystem local = fileSystem();
  private final Path place = Places.local();

  @Test
  void aTableWithItsMarkerIsWhole() throws IOException {
    int olds = 0;
    int news = 0;
    int survived = 0;
    boolean died = true;
    while (died) {
      Path table = new Path(place, "killed-at-" + survived + "/table");
      new AtomicFiles(new CopyingFileSystem(local), () -> {})
          .directory(table, at -> table(local, at, "old", 4));
      DyingFileSystem dying = new DyingFileSystem(local, survived);
      FileSystem store = new CopyingFileSystem(dying);
      try {
        new AtomicFiles(store, () -> {}).directory(table, at -> table(store, at, "new", 3));
        died = false;
      } catch (IOException e) {
        assertThat(e).hasMessage("killed");
      }
      new AtomicFiles(new CopyingFileSystem(local), () -> {}).recover(table.getParent());

      if (local.exists(new Path(table, "_SUCCESS"))) {
        List<String> parts = parts(table);
        assertThat(parts)
            .isIn(List.of("old-0", "old-1", "old-2", "old-3"), List.of("new-0", "new-1", "new-2"));
        olds += parts.contains("old-0") ? 1 : 0;
        news += parts.contains("new-0") ? 1 : 0;
      }
      survived++;
    }
    assertThat(olds).isPositive();
    assertThat(news).isPositive();
    assertThat(survived).isGreaterThan(10);
  }

  @Test
  void aTableThatIsDeletedHasItsMarkerNoMoreWhenAPartIsGone() throws IOException {
    int survived = 0;
    boolean died = true;
    while (died) {
      Path table = new Path(place, "killed-at-" + survived + "/table");
      table(local, table, "old", 4);
      try {
        new AtomicFiles(new CopyingFileSystem(new DyingFileSystem(local, survived)), () -> {})
            .delete(table);
        died = false;
      } catch (IOException e) {
        assertThat(e).hasMessage("killed");
      }

      if (local.exists(new Path(table, "_SUCCESS"))) {
        assertThat(parts(table)).hasSize(4);
      }
      survived++;
    }
    assertThat(survived).isGreaterThan(5);
  }

  @Test
  void theLatestCheckpointIsTheOldOneOrTheNewOne() throws IOException {
    List<String> warnings = new ArrayList<>();
    int survived = 0;
    boolean died = true;
    List<Integer> epochs = new ArrayList<>();
    while (died) {
      Path run = new Path(place, "killed-at-" + survived);
      checkpoints(local, run, warnings).save(Checkpoints.network(1), Checkpoints.state(1, 0));
      FileSystem store = new CopyingFileSystem(new DyingFileSystem(local, survived));
      try {
        checkpoints(store, run, warnings).save(Checkpoints.network(2), Checkpoints.state(2, 0));
        died = false;
      } catch (UncheckedIOException e) {
        assertThat(e).hasMessageContaining("killed");
      }

      FileSystem again = new CopyingFileSystem(local);
      new AtomicFiles(again, () -> {}).recover(run);
      CheckpointStore.Restored restored = checkpoints(again, run, warnings).latest().orElseThrow();
      int epoch = restored.state().epoch();
      Checkpoints.assertSame(restored, Checkpoints.network(epoch));
      epochs.add(epoch);
      survived++;
    }
    assertThat(epochs).isSorted().contains(1, 2);
    assertThat(warnings).isNotEmpty().allMatch(warning -> warning.contains("epoch-000002/"));
  }

  private static CheckpointStore checkpoints(
      FileSystem fileSystem, Path run, List<String> warnings) {
    return new CheckpointStore(new AtomicFiles(fileSystem, () -> {}), run, 1, warnings::add);
  }

  /** As Spark leaves it: the marker last. */
  private static void table(FileSystem fileSystem, Path at, String name, int parts)
      throws IOException {
    for (int part = 0; part < parts; part++) {
      write(fileSystem, new Path(at, "part-" + part), name + "-" + part);
    }
    write(fileSystem, new Path(at, "_SUCCESS"), "");
  }

  private static void write(FileSystem fileSystem, Path file, String text) throws IOException {
    try (var out = fileSystem.create(file, true)) {
      out.write(text.getBytes());
    }
  }

  private List<String> parts(Path table) throws IOException {
    List<String> parts = new ArrayList<>();
    for (Path file : files(table).filter(f -> f.getName().startsWith("part-")).toList()) {
      try (var in = local.open(file)) {
        parts.add(new String(in.readAllBytes()));
      }
    }
    return parts;
  }

  private Stream<Path> files(Path table) throws IOException {
    return Arrays.stream(local.listStatus(table)).map(FileStatus::getPath).sorted();
  }

  private static FileSystem fileSystem() {
    try {
      return Places.fileSystem(Places.local());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
