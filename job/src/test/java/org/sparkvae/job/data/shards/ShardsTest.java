package org.sparkvae.job.data.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.DataFixtures.pixels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkvae.job.data.FirstImages;
import org.sparkvae.job.data.MeanImage;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.source.TaskRanges;
import org.sparkvae.job.fixtures.LocalSpark;

@ExtendWith(LocalSpark.class)
class ShardsTest {
  private static final int N = 101;
  private static final int VALUES = 3;
  private static final ImageShape SHAPE = new ImageShape(3, 1, 1);
  private static final byte[] PIXELS = pixels(N, VALUES);

  /** Images 0 .. N - 1 in so many partitions, in blocks of 5. */
  private static JavaRDD<ImageBlock> source(List<long[]> ranges) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    return context
        .parallelize(ranges, ranges.size())
        .flatMap(
            range -> {
              List<ImageBlock> blocks = new ArrayList<>();
              for (long start = range[0]; start < range[1]; start += 5) {
                int size = (int) Math.min(5, range[1] - start);
                ImageBlock block = ImageBlock.ofSize(size, VALUES);
                for (int i = 0; i < size; i++) {
                  block.ids()[i] = 1000 + start + i;
                  block.labels()[i] = (int) (start + i) % 10;
                  System.arraycopy(
                      PIXELS, (int) (start + i) * VALUES, block.pixels(), i * VALUES, VALUES);
                }
                blocks.add(block);
              }
              return blocks.iterator();
            });
  }

  private static ImageSet cut(int partitions, int shards, int blockImages, int mostBytes) {
    return cut(partitions, shards, blockImages, mostBytes, Storage.MEMORY);
  }

  private static ImageSet cut(
      int partitions, int shards, int blockImages, int mostBytes, Storage storage) {
    List<long[]> ranges = TaskRanges.cut(N, partitions, 1);
    long[] starts = ranges.stream().mapToLong(range -> range[0]).toArray();
    Packing packing = new Packing(blockImages, VALUES, mostBytes);
    return Shards.place(
        source(ranges),
        (partition, index) -> starts[partition] + index,
        new ShardLayout(N, shards, packing),
        SHAPE,
        Map.of(),
        storage.store());
  }

  private static void expectImage(ImageBlock block, int i, long position) {
    assertThat(block.ids()[i]).isEqualTo(1000 + position);
    assertThat(block.labels()[i]).isEqualTo((int) position % 10);
    for (int d = 0; d < VALUES; d++) {
      assertThat(block.pixels()[i * VALUES + d]).isEqualTo(PIXELS[(int) position * VALUES + d]);
    }
  }

  /** The shards' blocks, brought to the driver, which only those in the heap can be. */
  private static List<List<ImageBlock>> parts(ImageSet set) {
    return set.blocks().map(ImageBlock::inHeap).glom().collect();
  }

  @ParameterizedTest(name = "{0} partitions, {1} shards, blocks of {2}, {3} bytes, {4}")
  @CsvSource({
    "1, 1, 1000, 1000000, MEMORY",
    "1, 2, 4, 1000000, MEMORY",
    "1, 7, 4, 30, MEMORY",
    "2, 1, 4, 30, MEMORY",
    "2, 2, 7, 42, MEMORY",
    "2, 7, 3, 1000000, MEMORY",
    "5, 1, 10, 60, MEMORY",
    "5, 2, 4, 12, MEMORY",
    "5, 7, 4, 1, MEMORY",
    "101, 7, 5, 45, MEMORY",
    "1, 1, 1000, 1000000, DISK",
    "5, 2, 4, 12, DISK",
    "5, 7, 4, 1, DISK",
    "101, 7, 5, 4500, DISK"
  })
  void givesShardSThePositionsThatLeaveSHoweverTheSourceWasRead(
      int partitions, int shards, int blockImages, int mostBytes, Storage storage) {
    ImageSet set = cut(partitions, shards, blockImages, mostBytes, storage);
    assertThat(set.images()).isEqualTo(N);
    assertThat(set.shards()).isEqualTo(shards);
    List<List<ImageBlock>> parts = parts(set);
    assertThat(parts).hasSize(shards);
    int size = new Packing(blockImages, VALUES, mostBytes).block();
    for (int shard = 0; shard < shards; shard++) {
      long position = shard;
      List<ImageBlock> blocks = parts.get(shard);
      for (int b = 0; b < blocks.size(); b++) {
        boolean last = b == blocks.size() - 1;
        if (!last) {
          assertThat(blocks.get(b).size()).isEqualTo(size);
        }
        for (int i = 0; i < blocks.get(b).size(); i++, position += shards) {
          expectImage(blocks.get(b), i, position);
        }
      }
      assertThat(position).isBetween((long) N, (long) N + shards - 1);
    }
    set.unpersist();
  }

  @Test
  void keepsBlocksDeserialisedAndSpillsThem() {
    ImageSet set = cut(2, 2, 10, 1000);
    assertThat(set.blocks().getStorageLevel()).isEqualTo(StorageLevel.MEMORY_AND_DISK());
    set.unpersist();
    assertThat(set.blocks().getStorageLevel()).isEqualTo(StorageLevel.NONE());
  }

  @ParameterizedTest
  @CsvSource({"1, MEMORY", "2, MEMORY", "7, MEMORY", "1, DISK", "2, DISK", "7, DISK"})
  void reshardingPermutesAllImagesAndKeepsTheBalance(int shards, Storage storage) {
    ImageSet first = cut(3, shards, 10, 1000, storage);
    Resharding resharding = new Resharding(5, 10);
    assertThat(resharding.generation(first, 0)).isSameAs(first);
    ImageSet second = resharding.generation(first, 1);
    assertThat(second.shards()).isEqualTo(shards);
    List<List<ImageBlock>> parts = parts(second);
    boolean[] seen = new boolean[N];
    for (int shard = 0; shard < shards; shard++) {
      int images = 0;
      for (ImageBlock block : parts.get(shard)) {
        images += block.size();
        for (int i = 0; i < block.size(); i++) {
          int position = (int) (block.ids()[i] - 1000);
          assertThat(seen[position]).isFalse();
          seen[position] = true;
          expectImage(block, i, position);
        }
      }
      assertThat(images).isBetween(N / shards, N / shards + 1);
    }
    assertThat(seen).doesNotContain(false);
    second.unpersist();
    first.unpersist();
  }

  @Test
  void aGenerationDependsOnlyOnSeedAndNumber() {
    ImageSet first = cut(1, 2, 10, 1000);
    ImageSet same = cut(5, 2, 10, 1000);
    Resharding resharding = new Resharding(5, 10);
    ImageSet second = resharding.generation(first, 1);
    long[] ids = FirstImages.of(second, N).ids();
    first.unpersist();
    ImageSet third = resharding.generation(first, 2);
    long[] idsOfThird = FirstImages.of(third, N).ids();
    assertThat(idsOfThird).isNotEqualTo(ids).containsExactlyInAnyOrder(ids);
    assertThat(FirstImages.of(resharding.generation(same, 2), N).ids()).isEqualTo(idsOfThird);
    assertThat(FirstImages.of(new Resharding(6, 10).generation(same, 2), N).ids())
        .isNotEqualTo(idsOfThird);
  }

  @ParameterizedTest
  @EnumSource
  void theFirstImagesComeInSourceOrder(Storage storage) {
    for (int shards : new int[] {1, 2, 7}) {
      ImageSet set = cut(3, shards, 4, 1000, storage);
      for (int count : new int[] {0, 1, 5, 50, N, N + 10}) {
        ImageBlock first = FirstImages.of(set, count);
        assertThat(first.size()).isEqualTo(Math.min(count, N));
        for (int p = 0; p < first.size(); p++) {
          expectImage(first, p, p);
        }
      }
      set.unpersist();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theMeanImageIsExactWhateverTheShards(Storage storage) {
    float[] expected = new float[VALUES];
    for (int d = 0; d < VALUES; d++) {
      long sum = 0;
      for (int p = 0; p < N; p++) {
        sum += PIXELS[p * VALUES + d] & 0xff;
      }
      expected[d] = (float) (sum / (255.0 * N));
    }
    for (int shards : new int[] {1, 2, 7}) {
      ImageSet set = cut(3, shards, 4, 1000, storage);
      assertThat(MeanImage.of(set)).containsExactly(expected);
      set.unpersist();
    }
  }
}
