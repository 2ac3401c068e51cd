package org.sparkvae.job.data.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadImagesTest {

  @Test
  void countsAllAndListsTheFirst() {
    BadImages bad = BadImages.NONE;
    for (int i = 0; i < 600; i++) {
      bad = bad.plus(BadImages.one(i % 3 == 0 ? "empty" : "null", new BadImage("s", "i" + i, "r")));
    }
    for (int i = 0; i < 5; i++) {
      bad = bad.plus(bad);
    }
    assertThat(bad.count()).isEqualTo(600 * 32);
    assertThat(bad.kinds()).hasToString("12,800 null, 6,400 empty");
    assertThat(bad.aside())
        .isEqualTo(" (19,200 bad images were left out: 12,800 null, 6,400 empty)");
    assertThat(bad.listed()).hasSize(BadImages.MOST_LISTED);
    assertThat(bad.listed().get(599).image()).isEqualTo("i599");
    assertThat(bad.listed().get(600).image()).isEqualTo("i0");
  }
}
