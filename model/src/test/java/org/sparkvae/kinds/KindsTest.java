package org.sparkvae.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.bound.Bound;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.optimiser.Optimiser;

class KindsTest {
  /** How sure a colour is. */
  private enum Tone {
    LIGHT_GREY,
    DARK
  }

  /** A part of everything that a component may be. */
  private sealed interface Part {}

  private record Whole(int count, long big, double ratio, Tone tone, List<Integer> sizes)
      implements Part {
    Whole {
      if (count < 0) {
        throw new IllegalArgumentException("count must not be negative");
      }
    }
  }

  private record PartOfParts(Part first, Leaf leaf) implements Part {}

  private record Leaf(
      @Setting(otherwise = "7") int count,
      @Setting(otherwise = "0.25") double ratio,
      @Setting(otherwise = "light-grey") Tone tone,
      @Setting(otherwise = "[3, 4]") List<Integer> sizes)
      implements Part {}

  private record Unsupported(String text) implements Part {}

  static Stream<Part> parts() {
    Whole whole = new Whole(3, 1L << 40, 1.0 / 3, Tone.DARK, List.of(5, 6));
    Leaf leaf = new Leaf(1, 2, Tone.DARK, List.of());
    return Stream.of(whole, leaf, new PartOfParts(new PartOfParts(whole, leaf), leaf));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void whatIsWrittenIsReadAgain(Part part) throws IOException {
    Block block = new Block();
    Kinds.write(Part.class, part, block);
    assertThat(Kinds.read(Part.class, block)).isEqualTo(part);
  }

  @Test
  void kindsAreNamedInTheOrderOfTheirPermits() {
    assertThat(Kinds.of(Part.class).keySet())
        .containsExactly("whole", "part-of-parts", "leaf", "unsupported");
  }

  /** Every kind of every part of a model is named, as settings and stored models name it. */
  @Test
  void partsOfModelsKeepTheirNames() {
    assertThat(Kinds.of(Likelihood.class).keySet()).containsExactly("bernoulli", "gaussian");
    assertThat(Kinds.of(Bound.class).keySet()).containsExactly("elbo", "importance-weighted");
    assertThat(Kinds.of(Optimiser.class).keySet()).containsExactly("adam", "sgd");
  }

  @Test
  void aComponentThatIsNotThereHasItsDefault() {
    Block block = new Block();
    block.kind("leaf");
    assertThat(Kinds.read(Part.class, block))
        .isEqualTo(new Leaf(7, 0.25, Tone.LIGHT_GREY, List.of(3, 4)));
  }

  @Test
  void aComponentWithoutADefaultIsMissed() {
    Block block = new Block();
    block.kind("whole");
    assertThatThrownBy(() -> Kinds.read(Part.class, block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Whole needs a value of count");
  }

  @Test
  void anUnknownKindIsNoOther() {
    Block block = new Block();
    block.kind("square");
    assertThatThrownBy(() -> Kinds.read(Part.class, block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown part square; known are [whole, part-of-parts, leaf, unsupported]");
  }

  @Test
  void anUnknownChoiceIsNoOther() {
    Block block = new Block();
    block.kind("leaf");
    block.text("tone", "PINK");
    assertThatThrownBy(() -> Kinds.read(Part.class, block))
        .hasMessage("unknown choice PINK; known are [LIGHT_GREY, DARK]");
  }

  @Test
  void whatTheRecordRefusesIsRefusedInItsWords() {
    Block block = new Block();
    block.kind("whole");
    block.whole("count", -1);
    block.whole("big", 0);
    block.number("ratio", 0);
    block.text("tone", "DARK");
    block.wholes("sizes", List.of());
    assertThatThrownBy(() -> Kinds.read(Part.class, block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must not be negative");
  }

  @Test
  void aTypeThatCannotBeWrittenIsRefused() {
    assertThatThrownBy(() -> Kinds.write(Part.class, new Unsupported("x"), new Block()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unsupported.text is of a type that cannot be written: String");
  }

  /** A block in memory. */
  private static final class Block implements Source, Sink {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Deque<Block> open = new ArrayDeque<>();

    private Map<String, Object> current() {
      return open.isEmpty() ? values : open.peek().values;
    }

    private void put(String name, Object value) {
      current().put(name, value);
    }

    @Override
    public void kind(String name) {
      put("type", name);
    }

    @Override
    public void begin(String component) {
      Block block = new Block();
      put(component, block);
      open.push(block);
    }

    @Override
    public void end() {
      open.pop();
    }

    @Override
    public void whole(String component, long value) {
      put(component, value);
    }

    @Override
    public void number(String component, double value) {
      put(component, value);
    }

    @Override
    public void text(String component, String value) {
      put(component, value);
    }

    @Override
    public void wholes(String component, List<Integer> value) {
      put(component, new ArrayList<>(value));
    }

    @Override
    public String kind(List<String> names) {
      return (String) values.get("type");
    }

    @Override
    public boolean has(String component) {
      return values.containsKey(component);
    }

    @Override
    public Source at(String component) {
      return (Block) values.get(component);
    }

    @Override
    public long whole(String component) {
      return (long) values.get(component);
    }

    @Override
    public double number(String component) {
      return ((Number) values.get(component)).doubleValue();
    }

    @Override
    public String text(String component) {
      return (String) values.get(component);
    }

    @Override
    @SuppressWarnings("unchecked") // Only wholes(String, List) puts lists.
    public List<Integer> wholes(String component) {
      return (List<Integer>) values.get(component);
    }
  }
}
