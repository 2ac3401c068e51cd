package org.sparkvae.job.data.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.data.images.StoredBlocks;
import org.sparkvae.job.data.shards.StorageChoice.SetSize;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.settings.StorageSetting;

@ExtendWith(LocalSpark.class)
class StorageChoiceTest {
  /** 100 bytes an image. */
  private static final int VALUES = 100 - StoredBlocks.HEAD_BYTES;

  @ParameterizedTest(name = "{0} executors of {1} bytes")
  @CsvSource({
    "1, 24000, MEMORY",
    "1, 23999, DISK",
    // Of 3 shards of 34, 33 and 33 images, and one of 20, an executor of two gets two and one.
    "2, 17600, MEMORY",
    "2, 17599, DISK",
    "4, 10800, MEMORY",
    "4, 10799, DISK",
    "1, 0, DISK"
  })
  void takesMemoryWhereTwiceTheSharesFit(int executors, long bytes, Storage expected) {
    StorageChoice choice = new StorageChoice(new StorageRoom(executors, bytes));
    List<SetSize> sets = List.of(new SetSize(100, 3, VALUES, 0), new SetSize(20, 1, VALUES, 0));
    assertThat(choice.of(StorageSetting.AUTO, sets)).isEqualTo(expected);
    assertThat(choice.of(StorageSetting.MEMORY, sets)).isEqualTo(Storage.MEMORY);
    assertThat(choice.of(StorageSetting.DISK, sets)).isEqualTo(Storage.DISK);
  }

  @ParameterizedTest
  @CsvSource({"0, MEMORY", "1, DISK"})
  void namesThatAreKeptCount(long nameBytes, Storage expected) {
    StorageChoice choice = new StorageChoice(new StorageRoom(1, 20_000));
    List<SetSize> sets = List.of(new SetSize(100, 3, VALUES, nameBytes));
    assertThat(choice.of(StorageSetting.AUTO, sets)).isEqualTo(expected);
  }

  @Test
  void inLocalModeTheRoomIsThatOfTheProcess() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    assertThat(StorageRoom.of(spark))
        .isEqualTo(new StorageRoom(1, SparkEnv.get().memoryManager().maxOnHeapStorageMemory()));
  }
}
