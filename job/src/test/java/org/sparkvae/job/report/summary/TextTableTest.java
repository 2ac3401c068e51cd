package org.sparkvae.job.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsItsColumns() {
    assertThat(
            TextTable.lines(
                List.of(List.of("model", "NLL", "+-"), List.of("iaf", "1,097.04", "-"))))
        .containsExactly("model       NLL  +-", "iaf    1,097.04   -");
  }

  @Test
  void ofNoRowsIsEmpty() {
    assertThat(TextTable.lines(List.of())).isEmpty();
  }
}
