package org.sparkvae.job.data.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.Packing;
import scala.Tuple2;

class PieceCutterTest {
  private static final int IMAGES = 10;
  private static final int VALUES = 8;
  private static final int BLOCKS = 100;

  private static ImageBlock block(int characters) {
    ImageBlock block = ImageBlock.ofSize(IMAGES, VALUES);
    for (int i = 0; i < IMAGES && characters > 0; i++) {
      block.name(i, new ImageName(null, "x".repeat(characters)));
    }
    return block;
  }

  @ParameterizedTest(name = "ids of {0} characters")
  @CsvSource({
    // 80 bytes a block.
    "0, 50",
    // 68 bytes an id more, and its characters.
    "100, 3",
    "1000, 1"
  })
  void holdsSoManyBytesOfPixelsAndNames(int characters, int blocks) {
    AtomicInteger read = new AtomicInteger();
    Iterator<ImageBlock> source =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return read.get() < BLOCKS;
          }

          @Override
          public ImageBlock next() {
            read.incrementAndGet();
            return block(characters);
          }
        };
    ShardLayout layout =
        new ShardLayout(BLOCKS * IMAGES, 1, new Packing(IMAGES, VALUES, 50 * IMAGES * VALUES));

    Iterator<Tuple2<Long, Piece>> pieces =
        new PieceCutter(0, source, (partition, index) -> index, layout);

    assertThat(pieces.hasNext()).isTrue();
    assertThat(read).hasValue(blocks);
    int images = 0;
    while (pieces.hasNext()) {
      images += pieces.next()._2().images().size();
    }
    assertThat(images).isEqualTo(BLOCKS * IMAGES);
  }
}
