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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.bound.Bound;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Network;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.Prior;
import org.sparkvae.vae.Model;

class KindsTest {
  /** How sure a colour is. */
  private enum Tone {
    LIGHT_GREY,
    DARK
  }

  /** A part of everything that a component may be. */
  private sealed interface Part {}

  private record Whole(
      int count,
      long big,
      double ratio,
      boolean even,
      String name,
      Tone tone,
      List<Integer> sizes,
      List<String> names)
      implements Part {
    Whole {
      if (count < 0) {
        throw new IllegalArgumentException("count must not be negative");
      }
    }
  }

  private record PartOfParts(@Setting(otherwise = "leaf") Part first, Leaf leaf) implements Part {}

  private record Leaf(
      @Setting(otherwise = "7") int count,
      @Setting(otherwise = "0.25") double ratio,
      @Setting(otherwise = "true") boolean even,
      @Setting(otherwise = "\"\"") String name,
      @Setting(otherwise = "light-grey") Tone tone,
      @Setting(otherwise = "[3, 4]") List<Integer> sizes)
      implements Part {}

  private record Unsupported(float real) implements Part {}

  static Stream<Part> parts() {
    Whole whole =
        new Whole(3, 1L << 40, 1.0 / 3, true, "x", Tone.DARK, List.of(5, 6), List.of("a", "b, c"));
    Leaf leaf = new Leaf(1, 2, false, "y", Tone.DARK, List.of());
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

  /** As stored models name them. */
  @Test
  void partsOfModelsKeepTheirNames() {
    assertThat(Kinds.of(Model.class).keySet()).contains("vae");
    assertThat(Kinds.of(Network.class).keySet()).contains("mlp");
    assertThat(Kinds.of(Posterior.class).keySet()).contains("diagonal-gaussian");
    assertThat(Kinds.of(Prior.class).keySet()).contains("standard-normal");
    assertThat(Kinds.of(Likelihood.class).keySet()).contains("bernoulli", "gaussian");
    assertThat(Kinds.of(Bound.class).keySet()).contains("elbo", "importance-weighted");
    assertThat(Kinds.of(Optimiser.class).keySet()).contains("adam", "sgd");
  }

  @Test
  void aComponentThatIsNotThereHasItsDefault() {
    Block block = new Block();
    block.kind("leaf");
    assertThat(Kinds.read(Part.class, block))
        .isEqualTo(new Leaf(7, 0.25, true, "", Tone.LIGHT_GREY, List.of(3, 4)));
  }

  @Test
  void aPartThatIsNotThereIsTheKindThatIsItsDefaultWithTheDefaultsOfThat() {
    Leaf leaf = new Leaf(7, 0.25, true, "", Tone.LIGHT_GREY, List.of(3, 4));
    Block block = new Block();
    block.kind("part-of-parts");
    assertThat(Kinds.read(Part.class, block)).isEqualTo(new PartOfParts(leaf, leaf));
    block.put("first", new Block());
    assertThat(Kinds.read(Part.class, block)).isEqualTo(new PartOfParts(leaf, leaf));
    assertThatThrownBy(() -> Kinds.read(Part.class, new Block()))
        .hasMessage("a part needs a type: [whole, part-of-parts, leaf, unsupported]");
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
    block.put("tone", "PINK");
    assertThatThrownBy(() -> Kinds.read(Part.class, block))
        .hasMessage("unknown choice PINK; known are [LIGHT_GREY, DARK]");
  }

  @Test
  void whatTheRecordRefusesIsRefusedInItsWords() {
    Block block = new Block();
    block.kind("whole");
    block.put("count", -1L);
    block.put("even", true);
    block.put("name", "x");
    block.put("big", 0L);
    block.put("ratio", 0);
    block.put("tone", "DARK");
    block.put("sizes", List.of());
    block.put("names", List.of());
    assertThatThrownBy(() -> Kinds.read(Part.class, block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must not be negative");
  }

  @Test
  void aTypeThatCannotBeWrittenIsRefused() {
    assertThatThrownBy(() -> Kinds.write(Part.class, new Unsupported(1), new Block()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unsupported.real is of a type that cannot be written: float");
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
    public void begin(Component component) {
      Block block = new Block();
      put(component.name(), block);
      open.push(block);
    }

    @Override
    public void end() {
      open.pop();
    }

    @Override
    public void whole(Component component, long value) {
      put(component.name(), value);
    }

    @Override
    public void number(Component component, double value) {
      put(component.name(), value);
    }

    @Override
    public void text(Component component, String value) {
      put(component.name(), value);
    }

    @Override
    public void flag(Component component, boolean value) {
      put(component.name(), value);
    }

    @Override
    public void choice(Component component, Enum<?> value) {
      put(component.name(), value.name());
    }

    @Override
    public void wholes(Component component, List<Integer> value) {
      put(component.name(), new ArrayList<>(value));
    }

    @Override
    public void texts(Component component, List<String> value) {
      put(component.name(), new ArrayList<>(value));
    }

    @Override
    public Optional<String> kind(List<String> names) {
      return Optional.ofNullable((String) values.get("type"));
    }

    @Override
    public boolean has(Component component) {
      return values.containsKey(component.name());
    }

    @Override
    public Source at(Component component) {
      return (Block) values.get(component.name());
    }

    @Override
    public long whole(Component component) {
      return (long) values.get(component.name());
    }

    @Override
    public double number(Component component) {
      return ((Number) values.get(component.name())).doubleValue();
    }

    @Override
    public boolean flag(Component component) {
      return (boolean) values.get(component.name());
    }

    @Override
    public Enum<?> choice(Component component) {
      return Kinds.choice(component, text(component));
    }

    @Override
    public String text(Component component) {
      return (String) values.get(component.name());
    }

    @Override
    @SuppressWarnings("unchecked") // Only wholes(String, List) puts lists.
    public List<Integer> wholes(Component component) {
      return (List<Integer>) values.get(component.name());
    }

    @Override
    @SuppressWarnings("unchecked") // Only texts(String, List) puts lists of texts.
    public List<String> texts(Component component) {
      return (List<String>) values.get(component.name());
    }
  }
}
