package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_LABELS;
import static org.sparkvae.job.fixtures.DataFixtures.NONE;
import static org.sparkvae.job.fixtures.DataFixtures.gzip;
import static org.sparkvae.job.fixtures.DataFixtures.idx;
import static org.sparkvae.job.fixtures.DataFixtures.pixels;
import static org.sparkvae.job.fixtures.DataFixtures.settings;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.data.source.SourceRole;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Pictures;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class ImageLoaderTest {
  @TempDir Path folder;

  private ImageSource idxOf(String name, int images, int rows, int columns) {
    byte[] bytes =
        idx(IDX_IMAGES, new int[] {images, rows, columns}, pixels(images, rows * columns));
    return new ImageSource.Idx(
        write(folder.resolve(name), name.endsWith(".gz") ? gzip(bytes) : bytes), "", 0);
  }

  private static DataSets load(DataSettings settings, long seed) {
    return new ImageLoader(LocalSpark.session(), settings, seed).load();
  }

  private static DataSets loadTest(DataSettings settings, Optional<RunImages> begun) {
    return new ImageLoader(LocalSpark.session(), settings, 1, begun, TableOpener.PARQUET)
        .loadTest();
  }

  private ImageSource folderOf(String set, String... labels) {
    for (String label : labels) {
      write(
          folder.resolve(set).resolve(label).resolve("a.png"),
          Pictures.png(Pictures.grey(1, 1, 9)));
    }
    return new ImageSource.Folder(folder.resolve(set).toString(), "parent", Colour.AUTO, 0);
  }

  private static long[] ids(ImageSet set) {
    return DataFixtures.all(set).ids();
  }

  @Test
  void loadsTheThreeSets() {
    DataSettings settings =
        settings(
            idxOf("train", 20, 2, 3),
            idxOf("validation.gz", 3, 2, 3),
            idxOf("test", 11, 2, 3),
            0.5,
            4,
            OnBadImage.FAIL);
    DataSets sets = load(settings, 1);
    ImageSet train = sets.train().orElseThrow();
    assertThat(train.images()).isEqualTo(20);
    assertThat(train.shards()).isEqualTo(4);
    assertThat(train.shape()).isEqualTo(new ImageShape(3, 2, 1));
    assertThat(sets.validation().orElseThrow().images()).isEqualTo(3);
    assertThat(sets.validation().orElseThrow().shards()).isEqualTo(3);
    assertThat(sets.test().orElseThrow().images()).isEqualTo(11);
    assertThat(sets.test().orElseThrow().shards()).isEqualTo(2);
    assertThat(sets.badImages().count()).isZero();
    sets.unpersist();
    DataSets test = loadTest(settings, Optional.empty());
    assertThat(test.train()).isEmpty();
    assertThat(ids(test.test().orElseThrow())).isEqualTo(ids(sets.test().orElseThrow()));
    test.unpersist();
  }

  @Test
  void cachesTheSetsAndNothingElse() {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    Set<Integer> before = Set.copyOf(context.getPersistentRDDs().keySet());
    DataSettings settings = settings(idxOf("train", 20, 2, 3), NONE, NONE, 0.2, 2, OnBadImage.FAIL);
    DataSets sets = load(settings, 1);
    Set<Integer> after = new HashSet<>(context.getPersistentRDDs().keySet());
    after.removeAll(before);
    assertThat(after)
        .containsExactlyInAnyOrder(
            sets.train().orElseThrow().blocks().id(),
            sets.validation().orElseThrow().blocks().id());
    sets.unpersist();
    assertThat(context.getPersistentRDDs()).doesNotContainKeys(after.toArray(Integer[]::new));
  }

  @Test
  void cachesNothingWhereALaterSetIsBad() {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    Set<Integer> before = Set.copyOf(context.getPersistentRDDs().keySet());
    ImageSource test = folderOf("bad", "a");
    write(folder.resolve("bad/a/b.png"), new byte[] {1, 2, 3});
    DataSettings settings = settings(idxOf("train", 20, 1, 1), NONE, test, 0.2, 2, OnBadImage.FAIL);

    assertThatThrownBy(() -> load(settings, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("b.png");

    assertThat(context.getPersistentRDDs().keySet()).isSubsetOf(before);
  }

  @Test
  void holdsOutTheSameImagesForAnyNumberOfShards() {
    ImageSource plain = idxOf("train", 40, 2, 3);
    ImageSource gzipped = idxOf("train.gz", 40, 2, 3);
    long[] held = null;
    for (int shards : new int[] {1, 2, 7}) {
      for (ImageSource train : new ImageSource[] {plain, gzipped}) {
        DataSets sets = load(settings(train, NONE, NONE, 0.25, shards, OnBadImage.FAIL), 5);
        long[] validation = ids(sets.validation().orElseThrow());
        long[] kept = ids(sets.train().orElseThrow());
        assertThat(validation).hasSize(10).isSorted();
        assertThat(kept).hasSize(30).isSorted();
        assertThat(LongStream.concat(LongStream.of(validation), LongStream.of(kept)))
            .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 40).boxed().toList());
        held = held == null ? validation : held;
        assertThat(validation).isEqualTo(held);
        sets.unpersist();
      }
    }
  }

  @Test
  void digestsSourcesAlikeHoweverTheyAreCut() {
    ImageSource train = idxOf("train", 40, 2, 3);
    ImageSource validation = idxOf("validation.gz", 7, 2, 3);
    DataSets one = load(settings(train, validation, train, 0, 1, OnBadImage.FAIL), 1);
    DataSets three =
        load(settings(idxOf("train.gz", 40, 2, 3), NONE, NONE, 0.25, 3, OnBadImage.FAIL), 2);
    Map<SourceRole, String> digests = one.images().orElseThrow().digests();
    assertThat(digests).containsOnlyKeys(SourceRole.TRAINING, SourceRole.VALIDATION);
    assertThat(digests.values()).doesNotHaveDuplicates();
    assertThat(three.images().orElseThrow().digests())
        .isEqualTo(Map.of(SourceRole.TRAINING, digests.get(SourceRole.TRAINING)));
    one.unpersist();
    three.unpersist();
  }

  @Test
  void refusesSetsOfDifferentShapes() {
    ImageSource train = idxOf("train", 4, 2, 3);
    ImageSource test = idxOf("test", 4, 3, 2);
    String message =
        folder.resolve("test")
            + ": images are 2x3 grey where those of "
            + folder.resolve("train")
            + " are 3x2 grey; bring them to one shape";
    assertThatThrownBy(() -> load(settings(train, NONE, test, 0, 1, OnBadImage.FAIL), 1))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> load(settings(train, test, NONE, 0, 1, OnBadImage.FAIL), 1))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void refusesMoreShardsThanImages() {
    ImageSource train = idxOf("train", 4, 2, 3);
    assertThatThrownBy(() -> load(settings(train, NONE, NONE, 0, 5, OnBadImage.FAIL), 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("train")
                + ": 4 training images are too few for 5 shards; set data.shards to 4 or fewer");
    assertThatThrownBy(() -> load(settings(train, NONE, NONE, 0.5, 3, OnBadImage.FAIL), 1))
        .hasMessage(
            folder.resolve("train")
                + ": 2 training images are too few for 3 shards; set data.shards to 2 or fewer");
  }

  @Test
  void refusesAFractionThatLeavesASetEmpty() {
    ImageSource train = idxOf("train", 4, 2, 3);
    assertThatThrownBy(() -> load(settings(train, NONE, NONE, 0.1, 1, OnBadImage.FAIL), 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("train")
                + ": holding out 0.1 of 4 images leaves none to validate on; set another fraction");
    assertThatThrownBy(() -> load(settings(train, NONE, NONE, 0.9, 1, OnBadImage.FAIL), 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("train")
                + ": holding out 0.9 of 4 images leaves none to train on; set another fraction");
  }

  @Test
  void refusesTestImagesOfAnotherShapeThanTheRuns() {
    ImageSource gone = new ImageSource.Idx(folder.resolve("gone").toString(), "", 0);
    ImageSource test = idxOf("test", 4, 3, 2);
    DataSettings settings = settings(gone, gone, test, 0, 1, OnBadImage.FAIL);
    ImageShape shape = new ImageShape(1, 6, 1);
    assertThatThrownBy(
            () -> loadTest(settings, Optional.of(new RunImages(shape, List.of(), Map.of()))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("test")
                + ": images are 2x3 grey, but the run began with images of 1x6 grey;"
                + " bring them to that shape");
  }

  @Test
  void numbersLabelsAlikeInAllSets() {
    ImageSource train = folderOf("train", "cat", "dog");
    ImageSource test = folderOf("test", "ant", "dog");
    DataSets sets = load(settings(train, NONE, test, 0, 1, OnBadImage.FAIL), 1);
    ImageSet trainSet = sets.train().orElseThrow();
    ImageSet testSet = sets.test().orElseThrow();
    assertThat(trainSet.labelNames()).isEqualTo(Map.of(0, "ant", 1, "cat", 2, "dog"));
    assertThat(testSet.labelNames()).isEqualTo(trainSet.labelNames());
    assertThat(DataFixtures.all(trainSet).labels()).containsExactly(1, 2);
    assertThat(DataFixtures.all(testSet).labels()).containsExactly(0, 2);
    sets.unpersist();
  }

  @Test
  void keepsLabelsThatAreNumbersWhereNoTwoNamesAreTheSameNumber() {
    ImageSource train = folderOf("train", "1", "2", "10");
    DataSets numbered =
        load(settings(train, NONE, folderOf("test", "7", "010"), 0, 1, OnBadImage.FAIL), 1);
    assertThat(numbered.test().orElseThrow().labelNames())
        .isEqualTo(Map.of(0, "010", 1, "1", 2, "10", 3, "2", 4, "7"));
    numbered.unpersist();
    DataSets sets =
        load(settings(train, NONE, folderOf("more", "7", "3"), 0, 1, OnBadImage.FAIL), 1);
    assertThat(sets.test().orElseThrow().labelNames()).isEmpty();
    assertThat(DataFixtures.all(sets.train().orElseThrow()).labels()).containsExactly(1, 10, 2);
    assertThat(DataFixtures.all(sets.test().orElseThrow()).labels()).containsExactly(3, 7);
    assertThat(sets.images())
        .get()
        .extracting(RunImages::shape, RunImages::labelNames)
        .containsExactly(new ImageShape(1, 1, 1), List.of("1", "10", "2", "3", "7"));
    sets.unpersist();
  }

  @Test
  void numbersTestLabelsAsTheRunDidWithoutItsTrainingImages() {
    ImageSource gone =
        new ImageSource.Folder(folder.resolve("gone").toString(), "parent", Colour.AUTO, 0);
    ImageSource test = folderOf("test", "dog", "bee");
    DataSets sets =
        loadTest(
            settings(gone, gone, test, 0, 1, OnBadImage.FAIL),
            Optional.of(
                new RunImages(new ImageShape(1, 1, 1), List.of("ant", "cat", "dog"), Map.of())));
    assertThat(DataFixtures.all(sets.test().orElseThrow()).labels()).containsExactly(3, 2);
    assertThat(sets.test().orElseThrow().labelNames())
        .isEqualTo(Map.of(0, "ant", 1, "cat", 2, "dog", 3, "bee"));
    sets.unpersist();
  }

  @Test
  void givesNoNamesToLabelsThatAreNumbers() {
    ImageSource train = folderOf("train", "cat", "dog");
    String images = write(folder.resolve("i"), idx(IDX_IMAGES, new int[] {2, 1, 1}, new byte[2]));
    String labels = write(folder.resolve("l"), idx(IDX_LABELS, new int[] {2}, new byte[] {1, 0}));
    ImageSource test = new ImageSource.Idx(images, labels, 0);
    DataSets sets = load(settings(train, NONE, test, 0, 1, OnBadImage.FAIL), 1);
    assertThat(sets.train().orElseThrow().labelNames()).hasSize(2);
    assertThat(sets.test().orElseThrow().labelNames()).isEmpty();
    assertThat(DataFixtures.all(sets.test().orElseThrow()).labels()).containsExactly(1, 0);
    sets.unpersist();
  }

  @Test
  void keepsNamesOfTestImagesOnly() {
    ImageSource source = folderOf("images", "a", "b", "c");
    DataSets sets = load(settings(source, source, source, 0, 2, OnBadImage.FAIL), 1);
    for (ImageSet unnamed : List.of(sets.train().orElseThrow(), sets.validation().orElseThrow())) {
      ImageBlock images = DataFixtures.all(unnamed);
      assertThat(IntStream.range(0, 3).mapToObj(images::name)).containsOnly(ImageName.NONE);
    }
    ImageBlock images = DataFixtures.all(sets.test().orElseThrow());
    assertThat(sets.train().orElseThrow().nameBytes()).isZero();
    assertThat(sets.test().orElseThrow().nameBytes()).isEqualTo(images.name(0).bytes());
    assertThat(IntStream.range(0, 3).mapToObj(images::name))
        .extracting(ImageName::path)
        .containsExactly(
            folder + "/images/a/a.png", folder + "/images/b/a.png", folder + "/images/c/a.png");
    ImageBlock last = ChosenImages.of(sets.test().orElseThrow(), List.of(2L)).get(2L);
    assertThat(last.name(0).path()).endsWith("/c/a.png");
    sets.unpersist();
  }

  @Test
  void keepsIdsOfTextInTheirOrderWhateverTheFiles() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] bytes = i == 20 ? null : new byte[] {(byte) i};
      rows.add(RowFactory.create("key " + (100 - i), bytes));
    }
    String path = Tables.write(folder.resolve("table"), "key string, image binary", 5, rows);
    ImageSource test = new ImageSource.Parquet(path, "image", "", "key", 1, 1, 1, 30);
    DataSets sets = loadTest(settings(NONE, NONE, test, 0, 1, OnBadImage.SKIP), Optional.empty());
    ImageBlock images = DataFixtures.all(sets.test().orElseThrow());
    // "key 100" sorts before "key 61"; the bad one, "key 80", counts among the first 30.
    assertThat(images.ids())
        .containsExactly(LongStream.range(0, 30).filter(id -> id != 20).toArray());
    for (int i = 0; i < images.size(); i++) {
      int place = (int) images.ids()[i];
      int key = place == 0 ? 100 : 60 + place;
      assertThat(images.name(i)).isEqualTo(new ImageName(null, "key " + key));
      assertThat(images.pixels()[i]).isEqualTo((byte) (100 - key));
    }
    sets.unpersist();
  }
}
