package org.sparkvae.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final Measure BOUND = new Measure("bound", "bound, nats", Measure.Per.IMAGE);
  private static final Measure CLIPPED = new Measure("clipped", "clipped", Measure.Per.ALL);
  private static final List<Measure> BOTH = List.of(BOUND, CLIPPED);

  @Test
  void addUpAndAreToldPerImageOrInAll() {
    Measures sum = new Measures(BOTH, 2, -3, 1).plus(new Measures(BOTH, 4, -9, 2));

    assertThat(sum).isEqualTo(new Measures(BOTH, 6, -12, 3));
    assertThat(sum.told()).containsExactly(entry("bound", -2.0), entry("clipped", 3.0));
    assertThat(sum.mean(BOUND)).isEqualTo(-2);
    assertThat(Measures.NONE.plus(sum)).isEqualTo(sum);
    assertThat(sum.plus(Measures.NONE)).isEqualTo(sum);
  }

  @Test
  void growByOne() {
    assertThat(new Measures(List.of(BOUND), 2, -3).with(CLIPPED, 5))
        .isEqualTo(new Measures(BOTH, 2, -3, 5));
  }

  @Test
  void oneThatIsNotFiniteIsSeen() {
    assertThat(new Measures(BOTH, 1, -3, 0).isFinite()).isTrue();
    assertThat(new Measures(BOTH, 1, -3, Double.NaN).isFinite()).isFalse();
    assertThat(new Measures(BOTH, 1, Double.NEGATIVE_INFINITY, 0).isFinite()).isFalse();
  }

  @Test
  void othersAreRefused() {
    Measures one = new Measures(List.of(BOUND), 1, -3);
    assertThatThrownBy(() -> one.plus(new Measures(List.of(CLIPPED), 1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not add up");
    assertThatThrownBy(() -> one.sum(CLIPPED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clipped is not among");
    assertThatThrownBy(() -> new Measures(BOTH, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 measures, but 1 sums");
  }

  private static java.util.Map.Entry<String, Double> entry(String name, double value) {
    return java.util.Map.entry(name, value);
  }
}
