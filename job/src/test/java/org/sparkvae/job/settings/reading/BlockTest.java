package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.kinds.Kinds;
import org.sparkvae.kinds.Setting;

/** Blocks of parts within parts, of every type that a setting may have. */
class BlockTest {
  /** How a ring is drawn. */
  private enum Line {
    SOLID,
    DASH_DOT,
    INVISIBLE
  }

  /** A part. */
  private sealed interface Shape {}

  private record Dot(@Setting(otherwise = "false") boolean filled) implements Shape {}

  private record Ring(
      @Setting(otherwise = "1", above = 0, most = 5) double radius,
      @Setting(otherwise = "solid", not = "invisible") Line line,
      @Setting(otherwise = "dot") Shape inside,
      Label label)
      implements Shape {}

  private record Grid(
      @Setting(otherwise = "[2, 3]", least = 1) List<Integer> sizes,
      @Setting(otherwise = "2", least = 1, most = 9) int radius)
      implements Shape {
    Grid {
      if (sizes.size() > 2) {
        throw new IllegalArgumentException("a grid has 2 dimensions, not " + sizes.size());
      }
    }
  }

  private record Label(
      @Setting(otherwise = "\"\"") String text, @Setting(otherwise = "7") long fontSize) {}

  private static final List<Part> PARTS = List.of(new Part("a.shape", Shape.class));
  private static final Config REFERENCE =
      ConfigFactory.parseString(
          "a.shape.type = ring, b = 1",
          ConfigParseOptions.defaults().setOriginDescription(Where.REFERENCE));

  private static Config given(String text) {
    return ConfigFactory.parseString(
            text, ConfigParseOptions.defaults().setOriginDescription("x.conf"))
        .withFallback(REFERENCE);
  }

  private static Shape read(Config config) {
    new UnknownKeys(REFERENCE.root(), PARTS).check(config.root());
    Keys keys = new Keys(config, "x.conf");
    Shape shape = Kinds.read(Shape.class, new Block(keys.at("a").at("shape")));
    IdleSetting.in(config, PARTS).forEach(idle -> idle.check(keys));
    return shape;
  }

  private static Shape read(String text) {
    return read(KindDefaults.in(given(text), PARTS));
  }

  static Stream<Shape> shapes() {
    Dot dot = new Dot(true);
    Grid grid = new Grid(List.of(), 9);
    Ring ring = new Ring(0.5, Line.DASH_DOT, grid, new Label("a \"b\"", 1L << 40));
    return Stream.of(dot, grid, ring, new Ring(5, Line.SOLID, ring, new Label("", -1)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void whatIsWrittenIsReadAgain(Shape shape) throws IOException {
    BlockWriter writer = new BlockWriter();
    Kinds.write(Shape.class, shape, writer);
    assertThat(read(writer.config().atPath("a.shape").root().render())).isEqualTo(shape);
  }

  @Test
  void whatIsNotGivenHasTheDefaultsOfTheKindsThatAreChosen() {
    Ring plain = new Ring(1, Line.SOLID, new Dot(false), new Label("", 7));
    assertThat(read("")).isEqualTo(plain);
    assertThat(read("a.shape.inside.filled = true"))
        .isEqualTo(new Ring(1, Line.SOLID, new Dot(true), new Label("", 7)));
    assertThat(read("a.shape.inside { type = ring, inside.inside { type = ring } }"))
        .as("without a type, what is inside is a dot")
        .isInstanceOf(Ring.class);
    assertThat(read("a.shape.inside { type = ring, inside { type = ring, inside.type = grid } }"))
        .isEqualTo(
            new Ring(
                1,
                Line.SOLID,
                new Ring(
                    1,
                    Line.SOLID,
                    new Ring(1, Line.SOLID, new Grid(List.of(2, 3), 2), new Label("", 7)),
                    new Label("", 7)),
                new Label("", 7)));
    assertThat(KindDefaults.in(given(""), PARTS))
        .isEqualTo(
            given(
                "a.shape { type = ring, radius = 1, line = solid, inside { type = dot, filled = false },"
                    + " label { text = \"\", font-size = 7 } }"));
    assertThat(read(given(""))).as("from no configuration but the choice").isEqualTo(plain);
  }

  @Test
  void aDefaultIsNoneOfTheUsersSettings() {
    assertThat(
            Where.isDefault(KindDefaults.in(given("b = 2"), PARTS).getValue("a.shape.inside.type")))
        .isTrue();
    assertThat(KindDefaults.in(given("a.shape.type = square"), PARTS))
        .isEqualTo(given("a.shape.type = square"));
  }

  @Test
  void settingsOfOtherKindsAreIdle() {
    Config config = given("a.shape { type = dot, sizes = [1], inside { filled = yes } }");
    assertThat(IdleSetting.in(config, PARTS).stream().map(IdleSetting::path))
        .containsExactly("a.shape.inside", "a.shape.sizes");
    assertThat(IdleSetting.in(given("a.shape.inside.radius = 1"), PARTS)).isEmpty();
    assertThat(IdleSetting.in(KindDefaults.in(given("a.shape.inside.radius = 1"), PARTS), PARTS))
        .singleElement()
        .satisfies(
            idle -> {
              assertThat(idle.path()).isEqualTo("a.shape.inside.radius");
              assertThat(idle.because()).isEqualTo("a.shape.inside.type");
              assertThat(idle.isDefault(ConfigValueFactory.fromAnyRef(2), REFERENCE))
                  .as("of the grid")
                  .isTrue();
              assertThat(idle.isDefault(ConfigValueFactory.fromAnyRef(3), REFERENCE)).isFalse();
            });
    // 9 is no radius of a ring, but one of a grid.
    assertThat(read("a.shape { type = dot, radius = 9 }")).isEqualTo(new Dot(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.shape.type = square                 | x.conf:1: a.shape.type is "square", but must be dot, ring or grid
          a.shape.inside.type = 5               | x.conf:1: a.shape.inside.type is 5, but must be dot, ring or grid
          a.shape.radios = 1                    | x.conf:1: unknown key a.shape.radios; did you mean a.shape.radius?
          a.shape.inside.inside.size = 1        | x.conf:1: unknown key a.shape.inside.inside.size; did you mean a.shape.inside.inside.sizes?
          a.shape.label = big                   | x.conf:1: a.shape.label is "big", but must be a block { ... }
          a.shape.radius = 0                    | x.conf:1: a.shape.radius is 0, but must be a number above 0 and of at most 5
          a.shape.radius = ""                   | x.conf:1: a.shape.radius is "", but must be a number above 0 and of at most 5
          a.shape.line = invisible              | x.conf:1: a.shape.line is "invisible", but must be solid or dash-dot
          a.shape.label.font-size = 1.5         | x.conf:1: a.shape.label.font-size is 1.5, but must be a whole number
          a.shape.label.text = [a]              | x.conf:1: a.shape.label.text is ["a"], but must be text
          a.shape.inside.filled = 2             | x.conf:1: a.shape.inside.filled is 2, but must be true or false
          a.shape { type = grid, radius = 10 }  | x.conf:1: a.shape.radius is 10, but must be a whole number from 1 to 9
          a.shape { type = grid, sizes = 3 }    | x.conf:1: a.shape.sizes is 3, but must be a list of whole numbers such as [2, 3]
          a.shape { type = grid, sizes = [0] }  | x.conf:1: a.shape.sizes is 0, but must be a whole number of at least 1
          a.shape.inside { type = grid, sizes = [1, 2, 3] } | x.conf:1: a.shape.inside: a grid has 2 dimensions, not 3
          a.shape { type = dot, sizes = 3 }     | x.conf:1: a.shape.sizes is 3, but must be a list of whole numbers such as [2, 3]
          a.shape { type = dot, inside.filled = 2 } | x.conf:1: a.shape.inside.filled is 2, but must be true or false
          """)
  void namesPlaceKeyAndRemedy(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(SettingsException.class).hasMessage(message);
  }
}
