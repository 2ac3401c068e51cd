package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelNumberingTest {

  private static LabelNumbering of(List<String> first, String... met) {
    return LabelNumbering.of(first, List.of(met).stream());
  }

  @Test
  void wholeNumbersKeepTheirNumber() {
    LabelNumbering numbering = of(List.of(), "10", "2", "1", "2", "0", "2147483647");

    assertThat(numbering.numbers(List.of("0", "1", "2", "10", "2147483647")))
        .containsExactly(0, 1, 2, 10, Integer.MAX_VALUE);
    assertThat(numbering.names()).isEmpty();
    assertThat(numbering.all()).containsExactly("0", "1", "10", "2", "2147483647");
  }

  @Test
  void leadingZerosAreNoMatterWhereNumbersDiffer() {
    assertThat(of(List.of(), "01", "0010", "2").numbers(List.of("01", "0010", "2")))
        .containsExactly(1, 10, 2);
    assertThat(of(List.of(), "01", "1", "2").names()).isEqualTo(Map.of(0, "01", 1, "1", 2, "2"));
  }

  @Test
  void otherNamesAreRankedAllOfThem() {
    for (String other : List.of("x", "-1", "1.5", "2147483648", "", " 3", "\u0663")) {
      LabelNumbering numbering = of(List.of(), "10", other, "9");
      List<String> sorted = List.of("10", other, "9").stream().sorted().toList();
      assertThat(numbering.numbers(sorted)).as(other).containsExactly(0, 1, 2);
      assertThat(numbering.names())
          .as(other)
          .isEqualTo(Map.of(0, sorted.get(0), 1, sorted.get(1), 2, sorted.get(2)));
    }
  }

  @Test
  void theNamesOfARunKeepTheNumbersThatTheyHad() {
    LabelNumbering ranked = of(List.of("ant", "dog"), "dog", "cat", "7");
    assertThat(ranked.numbers(List.of("ant", "dog", "7", "cat"))).containsExactly(0, 1, 2, 3);
    assertThat(ranked.names()).isEqualTo(Map.of(0, "ant", 1, "dog", 2, "7", 3, "cat"));

    LabelNumbering more = of(List.of("1", "10", "2"), "7", "10");
    assertThat(more.numbers(List.of("1", "2", "7", "10"))).containsExactly(1, 2, 7, 10);
    assertThat(more.names()).isEmpty();

    LabelNumbering mixed = of(List.of("1", "10", "2"), "x", "10", "01");
    assertThat(mixed.numbers(List.of("1", "2", "10", "01", "x"))).containsExactly(1, 2, 10, 11, 12);
    assertThat(mixed.names()).isEqualTo(Map.of(11, "01", 12, "x"));
  }

  @Test
  void allAreRankedWhereNoNumberIsLeftForOthers() {
    LabelNumbering numbering = of(List.of("1", "2147483647"), "x");
    assertThat(numbering.numbers(List.of("1", "2147483647", "x"))).containsExactly(0, 1, 2);
  }
}
