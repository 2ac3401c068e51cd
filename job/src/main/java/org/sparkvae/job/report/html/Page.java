package org.sparkvae.job.report.html;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A page.
 *
 * @param title of it, and of the window
 * @param subtitle below the title
 * @param cards the figures that matter most
 * @param warnings what a person should know of them
 * @param sections of the page
 * @param settings as a settings file has them
 */
public record Page(
    String title,
    String subtitle,
    List<Fact> cards,
    List<String> warnings,
    List<Section> sections,
    String settings) {
  private static final String TEMPLATE = "report.mustache";

  public Page {
    cards = List.copyOf(cards);
    warnings = List.copyOf(warnings);
    sections = List.copyOf(sections);
  }

  /** A figure and what it is. */
  public record Fact(String name, String value) {}

  /**
   * A part of a page.
   *
   * @param lines of text
   * @param facts in a table of two columns
   * @param table of more columns, the header first; no rows for none
   * @param pictures below all that
   */
  public record Section(
      String title,
      List<String> lines,
      List<Fact> facts,
      List<List<String>> table,
      List<Figure> pictures) {
    public Section {
      lines = List.copyOf(lines);
      facts = List.copyOf(facts);
      table = table.stream().map(List::copyOf).toList();
      pictures = List.copyOf(pictures);
    }
  }

  /** The page as HTML. */
  public String html() {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(Page.class.getResourceAsStream(TEMPLATE)),
            StandardCharsets.UTF_8)) {
      Template template = Mustache.compiler().escapeHTML(true).compile(reader);
      return template.execute(
          Map.of(
              "title", title,
              "subtitle", subtitle,
              "cards", facts(cards),
              "warnings", warnings,
              "sections", sections.stream().map(Page::values).toList(),
              "settings", settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> values(Section section) {
    List<List<String>> table = section.table();
    return Map.of(
        "title", section.title(),
        "lines", section.lines(),
        "facts", facts(section.facts()),
        "hasTable", !table.isEmpty(),
        "header", table.isEmpty() ? List.of() : table.get(0),
        "rows", table.stream().skip(1).map(row -> Map.<String, Object>of("cells", row)).toList(),
        "pictures", section.pictures().stream().map(Figure::values).toList());
  }

  private static List<Map<String, Object>> facts(List<Fact> facts) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      values.add(
          Map.of(
              "name",
              facts.get(i).name(),
              "value",
              facts.get(i).value(),
              "first",
              i == 0,
              "last",
              i == facts.size() - 1));
    }
    return values;
  }
}
