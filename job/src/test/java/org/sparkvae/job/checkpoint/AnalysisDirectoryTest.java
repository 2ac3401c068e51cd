package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.storage.StoredFiles.names;
import static org.sparkvae.job.storage.StoredFiles.put;
import static org.sparkvae.job.storage.StoredFiles.text;

import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.fixtures.CopyingFileSystem;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.DirectoryContent;
import org.sparkvae.job.storage.NamedFiles;
import org.sparkvae.job.storage.Places;
import org.sparkvae.job.storage.UnwritableException;

/** Analyses that are stored part by part, and moved out of the way of others. */
class AnalysisDirectoryTest {
  private static final String FINGERPRINT = "0123456789abcdef0123";

  private static AnalysisDirectory at(FileSystem fileSystem, Path root) {
    return new AnalysisDirectory(new NamedFiles(new AtomicFiles(fileSystem, () -> {}), root));
  }

  private static DirectoryContent table(String rows) {
    return path -> {
      put(new Path(path, "part-0"), rows);
      put(new Path(path, "_SUCCESS"), "");
    };
  }

  static Stream<Path> places() {
    return Places.fresh();
  }

  @ParameterizedTest
  @MethodSource("places")
  void partsAreNumberedAndGoTogether(Path root) throws IOException {
    AnalysisDirectory directory = at(Places.fileSystem(root), root);
    assertThat(directory.parts("kind")).isEmpty();

    directory.writePart("kind", table("a"));
    directory.writePart("kind", table("b"));
    put(new Path(root, "analyse/kind-parts/_temporary.000002/part-0"), "cut off");
    at(Places.fileSystem(root), root).recover();

    assertThat(directory.parts("kind"))
        .extracting(Path::getName)
        .containsExactly("000000", "000001");
    assertThat(text(new Path(directory.parts("kind").get(1), "part-0"))).isEqualTo("b");
    assertThat(names(new Path(root, "analyse/kind-parts"))).hasSize(2);
    directory.discardParts("kind");
    assertThat(directory.parts("kind")).isEmpty();
  }

  @Test
  void killedAnywhereItIsWholeInOnePlaceAndKeepingItAgainEndsTheSame() throws IOException {
    assertThat(killedAnywhere(UnaryOperator.identity())).isGreaterThan(5);
  }

  @Test
  void killedAnywhereOnAnObjectStoreToo() throws IOException {
    assertThat(killedAnywhere(CopyingFileSystem::new)).isGreaterThan(8);
  }

  private static int killedAnywhere(UnaryOperator<FileSystem> store) throws IOException {
    Path place = Places.local();
    FileSystem local = Places.fileSystem(place);
    int survived = 0;
    boolean died = true;
    while (died) {
      Path root = new Path(place, "killed-at-" + survived);
      AnalysisDirectory whole = at(local, root);
      whole.writeTable("kind", table("rows"));
      whole.writeCsv("kind", "csv");
      whole.writePicture("kind", "", out -> out.write('p'));
      whole.writePicture("kind", "more", out -> out.write('m'));
      whole.writePicture("kindred", "", out -> out.write('o'));
      try {
        at(store.apply(new DyingFileSystem(local, survived)), root)
            .keep("kind", FINGERPRINT, "figures");
        died = false;
      } catch (IOException | UnwritableException e) {
        assertThat(e).hasMessageContaining("killed");
      }

      AnalysisDirectory left = at(store.apply(local), root);
      left.recover();
      Path kept = left.kept("kind", FINGERPRINT);
      assertThat(kept).isEqualTo(new Path(root, "analyses/0123456789abcdef/kind.parquet"));
      if (local.exists(new Path(left.table("kind"), "_SUCCESS"))) {
        assertThat(text(new Path(left.table("kind"), "part-0"))).isEqualTo("rows");
        left.keep("kind", FINGERPRINT, "figures");
      }
      assertThat(text(new Path(kept, "part-0"))).as("killed at %d", survived).isEqualTo("rows");
      assertThat(names(kept)).containsExactly("_SUCCESS", "part-0");
      assertThat(text(new Path(kept.getParent(), "summary.json"))).isEqualTo("figures");
      assertThat(text(new Path(kept.getParent(), "kind.csv"))).isEqualTo("csv");
      assertThat(text(new Path(kept.getParent(), "kind.png"))).isEqualTo("p");
      assertThat(text(new Path(kept.getParent(), "kind-more.png"))).isEqualTo("m");
      assertThat(left.hasPicture("kind")).isFalse();
      assertThat(left.hasPicture("kindred")).as("of another kind").isTrue();
      survived++;
    }
    return survived;
  }
}
