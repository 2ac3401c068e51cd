package org.sparkvae.job.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_LABELS;
import static org.sparkvae.job.fixtures.DataFixtures.gzip;
import static org.sparkvae.job.fixtures.DataFixtures.idx;
import static org.sparkvae.job.fixtures.DataFixtures.images;
import static org.sparkvae.job.fixtures.DataFixtures.pixels;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class IdxSourceTest {
  private static final int N = 23;
  private static final byte[] PIXELS = pixels(N, 6);
  private static final byte[] IMAGES = idx(IDX_IMAGES, new int[] {N, 2, 3}, PIXELS);
  private static final byte[] LABEL_BYTES = labelBytes();
  private static final byte[] LABELS = idx(IDX_LABELS, new int[] {N}, LABEL_BYTES);

  @TempDir Path folder;

  private static byte[] labelBytes() {
    byte[] labels = new byte[N];
    for (int i = 0; i < N; i++) {
      labels[i] = (byte) (i * 11);
    }
    return labels;
  }

  @Test
  void readsPlainFilesInManyTasks() {
    String path = write(folder.resolve("images"), IMAGES);
    String labels = write(folder.resolve("labels"), LABELS);
    ImageSource.Idx idx = new ImageSource.Idx(path, labels, 0);
    OpenSource source = IdxSource.open(LocalSpark.session(), idx, DataFixtures.reading(idx));
    assertThat(source.shape()).isEqualTo(new ImageShape(3, 2, 1));
    assertThat(source.blocks(new Packing(4, 6, 1 << 26), OnBadImage.FAIL).getNumPartitions())
        .isEqualTo(2);
    expectAll(images(new ImageSource.Idx(path, labels, 0)));
  }

  @Test
  void readsGzippedFilesWhateverTheirNames() {
    String path = write(folder.resolve("images"), gzip(IMAGES));
    String labels = write(folder.resolve("labels"), gzip(LABELS));
    expectAll(images(new ImageSource.Idx(path, labels, 0)));
  }

  @Test
  void readsGzippedLabelsOfPlainImages() {
    String path = write(folder.resolve("images"), IMAGES);
    String labels = write(folder.resolve("labels.gz"), gzip(LABELS));
    expectAll(images(new ImageSource.Idx(path, labels, 0)));
  }

  @Test
  void readsHadoopUris() {
    write(folder.resolve("with space"), IMAGES);
    write(folder.resolve("labels"), LABELS);
    String base = "file://" + folder + "/";
    expectAll(images(new ImageSource.Idx(base + "with space", base + "labels", 0)));
  }

  private static void expectAll(ImageBlock images) {
    assertThat(images.pixels()).isEqualTo(PIXELS);
    assertThat(images.ids()).isEqualTo(LongStream.range(0, N).toArray());
    for (int i = 0; i < N; i++) {
      assertThat(images.labels()[i]).isEqualTo(LABEL_BYTES[i] & 0xff);
    }
  }

  @Test
  void readsColourWithChannelsInnermost() {
    byte[] rgb = pixels(5, 12);
    String path = write(folder.resolve("rgb"), idx(0x804, new int[] {5, 2, 2, 3}, rgb));
    ImageSource.Idx source = new ImageSource.Idx(path, "", 0);
    assertThat(IdxSource.open(LocalSpark.session(), source, DataFixtures.reading(source)).shape())
        .isEqualTo(new ImageShape(2, 2, 3));
    assertThat(images(source).pixels()).isEqualTo(rgb);
    assertThat(images(source).labels()).containsOnly(-1);
  }

  @Test
  void usesTheFirstImagesOnly() {
    String plain = write(folder.resolve("images"), IMAGES);
    String gzipped = write(folder.resolve("images.gz"), gzip(IMAGES));
    byte[] first = Arrays.copyOf(PIXELS, 9 * 6);
    assertThat(images(new ImageSource.Idx(plain, "", 9)).pixels()).isEqualTo(first);
    assertThat(images(new ImageSource.Idx(gzipped, "", 9)).pixels()).isEqualTo(first);
    assertThat(images(new ImageSource.Idx(plain, "", 99)).size()).isEqualTo(N);
  }
}
