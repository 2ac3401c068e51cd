package org.sparkvae.job;

import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_LABELS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.Pictures;

/** Small images of bright rectangles, in a file of every kind that the job reads. */
final class DrawnImages {
  static final int TRAINING = 240;
  static final int TEST = 12;

  private static final int SIDE = 8;
  private static final int LABELS = 3;

  private DrawnImages() {}

  /** Writes {@code idx/}, {@code folder/} and {@code parquet/}, the same images in each. */
  static void write(Path root) throws IOException {
    write(root, "train", TRAINING, 1);
    write(root, "test", TEST, 2);
  }

  /**
   * Settings of a short run on them.
   *
   * @param root where they were written, or copied to: any Hadoop URI
   * @param train what to train on: idx, folder or parquet
   * @param test what to evaluate on, one of them too
   */
  static String conf(String root, String train, String test) {
    return """
        data {
          train %s
          test %s
          shards = 2
          block-images = 50
        }
        model { latent = 2, encoder.hidden = [16], decoder.hidden = [16] }
        training { epochs = 3, batch = 20, averaging.every = 2 }
        evaluation { samples = 40, block = 10 }
        """
        .formatted(source(root, train, "train"), source(root, test, "test"));
  }

  private static String source(String root, String source, String set) {
    String path = root + "/" + source + "/" + set;
    String more =
        switch (source) {
          case "idx" -> "labels = \"%s-labels\"".formatted(path);
          case "folder" -> "labels = parent";
          default -> "labels = label, width = %d, height = %d".formatted(SIDE, SIDE);
        };
    return "{ source = %s, path = \"%s\", %s }".formatted(source, path, more);
  }

  private static void write(Path root, String set, int images, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] all = new byte[images * SIDE * SIDE];
    byte[] labels = new byte[images];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      int[] pixels = rectangle(random);
      byte[] bytes = new byte[pixels.length];
      for (int p = 0; p < pixels.length; p++) {
        bytes[p] = (byte) pixels[p];
      }
      System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
      labels[i] = (byte) (i % LABELS);
      rows.add(RowFactory.create(bytes, i % LABELS));
      write(
          root.resolve("folder/%s/%d/%04d.png".formatted(set, i % LABELS, i)),
          Pictures.png(Pictures.grey(SIDE, SIDE, pixels)));
    }
    int[] shape = {images, SIDE, SIDE};
    write(root.resolve("idx/" + set), DataFixtures.idx(IDX_IMAGES, shape, all));
    write(
        root.resolve("idx/" + set + "-labels"),
        DataFixtures.idx(IDX_LABELS, new int[] {images}, labels));
    table(root.resolve("parquet/" + set), rows);
  }

  private static int[] rectangle(Random random) {
    int top = random.nextInt(SIDE / 2);
    int left = random.nextInt(SIDE / 2);
    int bottom = top + 2 + random.nextInt(SIDE / 2);
    int right = left + 2 + random.nextInt(SIDE / 2);
    int[] pixels = new int[SIDE * SIDE];
    for (int p = 0; p < pixels.length; p++) {
      int row = p / SIDE;
      int column = p % SIDE;
      boolean inside = row >= top && row < bottom && column >= left && column < right;
      pixels[p] = inside ? 160 + random.nextInt(96) : random.nextInt(32);
    }
    return pixels;
  }

  private static void table(Path path, List<Row> rows) {
    SparkSession.Builder builder = SparkSession.builder();
    LocalJob.SUBMITTED.forEach(builder::config);
    try (SparkSession spark = builder.getOrCreate()) {
      StructType schema = StructType.fromDDL("image binary, label int");
      spark.createDataFrame(rows, schema).coalesce(1).write().parquet(path.toString());
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
