package org.sparkvae.job.evaluate.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparkvae.noise.Noise;

class SampleKeysTest {
  @Test
  void stream0IsTheKeyOfNoEpoch() {
    assertThat(new SampleKeys(5, 0).of(17))
        .isEqualTo(Noise.key(5, Noise.Purpose.EVALUATION, 0, 17));
  }

  @Test
  void everyStreamHasKeysOfItsOwnWhateverMatrixOfNoiseTheyAreFor() {
    Set<Long> keys = new HashSet<>();
    for (int stream = 0; stream < 10; stream++) {
      for (long image = 0; image < 10; image++) {
        long key = new SampleKeys(5, stream).of(image);
        for (int matrix = 0; matrix < 10; matrix++) {
          keys.add(Noise.stream(key, matrix));
        }
      }
    }

    assertThat(keys).hasSize(1000);
  }
}
