package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.data.faults.BadImage;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

/**
 * Inputs of every kind that is odd or wrong, each with what it gets; none hangs or fills memory.
 */
@ExtendWith(LocalSpark.class)
@Timeout(60)
class MalformedImagesTest {
  private static final String HINT = ", or set data.on-bad-image = skip to leave it out";

  @TempDir private Path folder;

  static Stream<InputCase> cases() {
    return Stream.of(
            FolderCases.all(),
            IdxCases.all(),
            ParquetCases.all(),
            ParquetPageCases.all(),
            ScaleCases.all(),
            EncodedCases.all(),
            NestedCases.all())
        .flatMap(c -> c);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gets(InputCase input) {
    ImageSource source = input.input().apply(folder);
    if (input.outcome() instanceof InputCase.Read read) {
      // Where no image is bad, it does not matter what a bad one would do.
      expect(source, OnBadImage.FAIL, read.images(), List.of());
    } else if (input.outcome() instanceof InputCase.Bad bad) {
      String line = here(bad.image() + ": " + bad.reason());
      expectError(source, OnBadImage.FAIL, line + "; " + bad.advice() + HINT);
      expect(source, OnBadImage.SKIP, bad.others(), List.of(line));
    } else if (input.outcome() instanceof InputCase.Refused refused) {
      for (OnBadImage onBadImage : OnBadImage.values()) {
        expectError(source, onBadImage, here(refused.message()));
      }
    }
  }

  private void expect(
      ImageSource source, OnBadImage onBadImage, String images, List<String> leftOut) {
    DataSets sets = DataFixtures.load(source, onBadImage);
    assertThat(text(DataFixtures.all(sets.train().orElseThrow()))).isEqualTo(images);
    assertThat(sets.badImages().count()).isEqualTo(leftOut.size());
    assertThat(sets.badImages().listed()).extracting(BadImage::toString).isEqualTo(leftOut);
    sets.unpersist();
  }

  private static void expectError(ImageSource source, OnBadImage onBadImage, String message) {
    assertThatThrownBy(() -> DataFixtures.load(source, onBadImage))
        .isInstanceOf(DataException.class)
        .hasMessage("%s", message);
  }

  private String here(String text) {
    return text.replace("DIR", folder.toString());
  }

  private static String text(ImageBlock images) {
    int values = images.pixels().length / images.size();
    return IntStream.range(0, images.size())
        .mapToObj(
            i ->
                IntStream.range(i * values, (i + 1) * values)
                    .mapToObj(p -> Integer.toString(images.pixels()[p] & 0xff))
                    .collect(Collectors.joining(" ", images.ids()[i] + ": ", "")))
        .collect(Collectors.joining(", "));
  }
}
