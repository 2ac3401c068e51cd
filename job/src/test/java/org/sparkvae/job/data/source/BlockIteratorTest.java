package org.sparkvae.job.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.conversion.ValueRange;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.settings.DataSettings.OnBadImage;

class BlockIteratorTest {
  private static final int IMAGES = 100;
  private static final int VALUES = 10;

  /** Images of ids of text. */
  private static final class Numbered implements Entries {
    private final ImageName name;
    private int at = -1;

    Numbered(int characters) {
      name = new ImageName(null, "x".repeat(characters));
    }

    @Override
    public boolean next() {
      return ++at < IMAGES;
    }

    @Override
    public String name() {
      return "image " + at;
    }

    @Override
    public long id() {
      return at;
    }

    @Override
    public ImageName ownName() {
      return name;
    }

    @Override
    public int label() {
      return -1;
    }

    @Override
    public ImageFacts pixels(byte[] out, int offset) {
      return new ImageFacts(new ValueRange(0, 0), false, false, false);
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest(name = "{0}, ids of {1} characters")
  @CsvSource({"LEFT_OUT, 932, 40, 0", "KEPT, 22, 10, 90", "KEPT, 932, 1, 1000"})
  void blocksEndWherePixelsAndKeptNamesFillTheirBytes(
      Packing.Names names, int characters, int first, long nameBytes) {
    Packing packing = new Packing(40, VALUES, 1_000).with(names);
    BlockIterator blocks =
        new BlockIterator("test", new Numbered(characters), packing, OnBadImage.FAIL);

    List<Integer> sizes = new ArrayList<>();
    ReadTally tally = ReadTally.NOTHING;
    while (blocks.hasNext()) {
      SourceBlock block = blocks.next();
      sizes.add(block.images().size());
      tally = tally.plus(block.tally());
    }

    assertThat(sizes.get(0)).isEqualTo(first);
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(IMAGES);
    assertThat(tally.nameBytes()).isEqualTo(nameBytes * IMAGES);
    assertThat(tally.listing(0).nameBytes()).isEqualTo(nameBytes * IMAGES);
  }
}
