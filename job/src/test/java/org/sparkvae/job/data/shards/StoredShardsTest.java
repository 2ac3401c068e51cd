package org.sparkvae.job.data.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SizeEstimator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.faults.LocalDiskException;
import org.sparkvae.job.data.faults.ReadFailure;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageFileWriter;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.StoredBlocks;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import scala.collection.JavaConverters;

/** Blocks of images in files on local disks, one by one and as a set. */
@ExtendWith(LocalSpark.class)
class StoredShardsTest {
  private static final int VALUES = 5;

  @TempDir private Path folder;

  /** A block with some names, of a path, of an id, of both, one of them an empty text. */
  private static ImageBlock block(int images, boolean named) {
    ImageBlock block =
        new ImageBlock(new long[images], new int[images], DataFixtures.pixels(images, VALUES));
    for (int i = 0; i < images; i++) {
      block.ids()[i] = Long.MAX_VALUE - i;
      block.labels()[i] = i - 1;
      if (named && i != 1) {
        String path = i == 2 ? "" : "folder/bild-\u00e4-" + i + ".png";
        block.name(i, new ImageName(i == 3 ? null : path, i == 0 ? null : "id " + i));
      }
    }
    return block;
  }

  private static void expectSame(ImageBlock block, ImageBlock expected) {
    assertThat(block.size()).isEqualTo(expected.size());
    assertThat(block.values()).isEqualTo(expected.values());
    assertThat(block.ids()).isEqualTo(expected.ids());
    assertThat(block.labels()).isEqualTo(expected.labels());
    assertThat(block.pixels()).isEqualTo(expected.pixels());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(block.name(i)).isEqualTo(expected.name(i));
    }
  }

  private StoredBlocks write(ImageBlock... blocks) throws IOException {
    try (ImageFileWriter writer = new ImageFileWriter(folder.resolve("shard").toFile())) {
      Arrays.asList(blocks).forEach(writer::add);
      return writer.finish();
    }
  }

  @Test
  void aFileGivesBackWhatWasWritten() throws IOException {
    ImageBlock[] blocks = {block(7, false), block(0, false), block(4, true), block(100_000, false)};
    StoredBlocks shard = write(blocks);
    for (int b = 0; b < blocks.length; b++) {
      ImageBlock stored = shard.blocks().get(b);
      expectSame(stored, blocks[b]);
      expectSame(stored.inHeap(), blocks[b]);
      ImageBlock copy = ImageBlock.ofSize(blocks[b].size(), blocks[b].values());
      for (int i = blocks[b].size() - 1; i >= 0; i--) {
        stored.copy(i, copy, i);
      }
      expectSame(copy, blocks[b]);
    }
    shard.close();
  }

  @Test
  void takesNoHeapAndNoNameAndDoesNotLeaveTheProcess() throws IOException {
    StoredBlocks shard = write(block(100_000, false));
    assertThat(folder.toFile().list()).isEmpty();
    assertThat(SizeEstimator.estimate(shard.blocks().get(0))).isLessThan(200);
    ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream());
    assertThatThrownBy(() -> out.writeObject(shard.blocks().get(0)))
        .isInstanceOf(NotSerializableException.class);
    ImageBlock stored = shard.blocks().get(0);
    assertThatThrownBy(() -> block(1, false).copy(0, stored, 0))
        .isInstanceOf(IllegalArgumentException.class);
    shard.close();
    assertThatThrownBy(stored::pixels)
        .isInstanceOf(LocalDiskException.class)
        .hasMessageContaining("shard: the images of a shard cannot be read");
  }

  @Test
  void aFileThatIsNotFinishedIsDeleted() {
    File target = folder.resolve("shard").toFile();
    try (ImageFileWriter writer = new ImageFileWriter(target)) {
      writer.add(block(3, false));
      assertThat(target).exists();
    }
    assertThat(target).doesNotExist();
  }

  @Test
  void aDiskThatTakesNothingIsNamed() throws IOException {
    assumeThat(Path.of("/dev/full")).exists();
    Path full = Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));
    try (ImageFileWriter writer = new ImageFileWriter(full.toFile())) {
      assertThatThrownBy(() -> writer.add(block(100_000, false)))
          .isInstanceOf(LocalDiskException.class)
          .hasMessageStartingWith(
              folder + ": the images of a shard cannot be written: No space left on device; make");
    }
    assertThat(full).doesNotExist();
  }

  /** Not of the source that was being read. */
  @Test
  void aFullDiskOfSparkIsNamed() {
    IOException full = new IOException("No space left on device");
    assertThat(ReadFailure.of("images.idx", new IllegalStateException(full)))
        .isInstanceOf(LocalDiskException.class)
        .hasMessageContaining(": a local disk of Spark is full: make room there, or give Spark");
  }

  /** Two shards of five images, and how often they were computed. */
  private static JavaRDD<ImageBlock> shards(LongAccumulator computed) {
    return spark()
        .parallelize(List.of(5, 5), 2)
        .map(
            images -> {
              computed.add(1);
              return block(images, true);
            });
  }

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  }

  @Test
  void aShardThatSparkLetsGoOfIsNotMadeAgain() {
    LongAccumulator computed = spark().sc().longAccumulator();
    ShardStore store = Storage.DISK.store();
    JavaRDD<ImageBlock> kept = store.keep(shards(computed));
    assertThat(kept.map(ImageBlock::inHeap).collect())
        .allSatisfy(read -> expectSame(read, block(5, true)));
    for (int shard = 0; shard < 2; shard++) {
      SparkEnv.get().blockManager().removeBlock(new RDDBlockId(kept.id(), shard), true);
    }
    assertThat(kept.map(ImageBlock::inHeap).count()).isEqualTo(2);
    assertThat(computed.value()).isEqualTo(2);
    store.free(kept);
  }

  @Test
  void aSetThatIsFreedGivesItsDiskSpaceBack() throws IOException {
    Path open = Path.of("/proc/self/fd");
    assumeThat(open).exists();
    ShardStore store = Storage.DISK.store();
    long before = nameless(open);
    JavaRDD<ImageBlock> kept = store.keep(shards(spark().sc().longAccumulator()));
    assertThat(kept.count()).isEqualTo(2);
    assertThat(nameless(open)).isEqualTo(before + 2);
    store.free(kept);
    assertThat(nameless(open)).isEqualTo(before);
    assertThat(kept.getStorageLevel()).isEqualTo(StorageLevel.NONE());
  }

  /** At once: a run that ends then stops Spark. */
  @Test
  void theShuffleThatASetWasMadeByGoesWithIt() {
    ShardStore store = Storage.DISK.store();
    Set<String> before = shuffled();
    JavaRDD<ImageBlock> kept = store.keep(shards(spark().sc().longAccumulator()).repartition(2));
    assertThat(kept.count()).isEqualTo(2);
    assertThat(before.containsAll(shuffled())).isFalse();
    store.free(kept);
    assertThat(before).containsAll(shuffled());
  }

  /** The files of shuffles in Spark's local directories. */
  private static Set<String> shuffled() {
    return JavaConverters.seqAsJavaListConverter(
            SparkEnv.get().blockManager().diskBlockManager().getAllFiles())
        .asJava()
        .stream()
        .map(File::getName)
        .filter(name -> name.startsWith("shuffle_"))
        .collect(Collectors.toSet());
  }

  /** How many files in Spark's local directories are open though they have no name. */
  private static long nameless(Path open) throws IOException {
    long count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(open)) {
      for (Path file : files) {
        String target = Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : "";
        count += target.contains("blockmgr-") && target.endsWith("(deleted)") ? 1 : 0;
      }
    }
    return count;
  }
}
