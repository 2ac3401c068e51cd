package org.sparkvae.job.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.report.summary.Readable;

/**
 * What the page of a run is made of.
 *
 * @param name of the run
 * @param model what it is, in a line
 * @param epochs done
 * @param epoch that the run's model is of
 * @param summary the figures of {@code summary.json}; none before it is written
 * @param stages the figures of each stage beside training and evaluation, by its name
 * @param pictures by the names of their files, without the ending
 * @param settings as a settings file has them
 */
public record RunPage(
    String name,
    String model,
    List<EpochRecord> epochs,
    int epoch,
    Map<String, Object> summary,
    Map<String, Map<String, Object>> stages,
    Map<String, Figure> pictures,
    String settings) {
  private static final int MOST_EPOCHS = 12;

  /** What figures hold the epoch under that the model was of. */
  private static final String EPOCH = "model_epoch";

  private static final List<String> OF_EVALUATION =
      List.of("log-likelihood", "outliers", "latent-means");

  /** What a person does not read. */
  private static final Set<String> HIDDEN =
      Set.of("mark", "settings", "seed", EPOCH, "training_bytes");

  private static final List<String> CARDS =
      List.of("test_nll", "reliable_images", "active_units", "test_images", "epochs");

  public RunPage {
    epochs = List.copyOf(epochs);
    summary = new LinkedHashMap<>(summary);
    stages = new LinkedHashMap<>(stages);
    pictures = new LinkedHashMap<>(pictures);
  }

  /** The page. */
  public Page page() {
    List<Page.Section> sections = new ArrayList<>();
    Set<String> left = new TreeSet<>(pictures.keySet());
    if (summary.get("test_nll") != null) {
      sections.add(evaluation(left));
    }
    List<Page.Section> ofStages = new ArrayList<>();
    stages.forEach((stage, figures) -> ofStages.add(stage(stage, figures, left)));
    sections.add(training(left));
    sections.addAll(ofStages);
    return new Page(name, model, cards(), warnings(), sections, settings);
  }

  private List<Page.Fact> cards() {
    return CARDS.stream()
        .filter(key -> summary.get(key) != null)
        .map(key -> new Page.Fact(title(key), Figures.text(summary.get(key))))
        .toList();
  }

  private static String title(String key) {
    return switch (key) {
      case "test_nll" -> "negative log-likelihood, nats/image";
      case "reliable_images" -> "reliable estimates";
      default -> Figures.words(key);
    };
  }

  private List<String> warnings() {
    if (!(summary.get("reliable_images") instanceof Number reliable)
        || !(summary.get("test_images") instanceof Number images)
        || reliable.longValue() >= images.longValue()) {
      return List.of();
    }
    return List.of(
        "The errors of the estimates of log p(x) of %s of %s images are not known; in expectation the negative log-likelihood is an upper bound."
            .formatted(
                Readable.count(images.longValue() - reliable.longValue()),
                Readable.count(images.longValue())));
  }

  private Page.Section evaluation(Set<String> left) {
    return new Page.Section(
        "Evaluation",
        List.of(),
        Figures.facts(summary, HIDDEN),
        List.of(),
        take(OF_EVALUATION.stream().filter(left::contains), left));
  }

  /** The first epochs, the last, and some between. */
  private Page.Section training(Set<String> left) {
    List<List<String>> table = new ArrayList<>();
    if (!epochs.isEmpty()) {
      List<String> measures = List.copyOf(epochs.get(epochs.size() - 1).measures().keySet());
      boolean validated = epochs.stream().anyMatch(of -> !Double.isNaN(of.validation()));
      List<String> header = new ArrayList<>(List.of("epoch"));
      measures.stream().map(Figures::words).forEach(header::add);
      Optional.of("validation").filter(of -> validated).ifPresent(header::add);
      table.add(header);
      int step = Math.max(1, (epochs.size() + MOST_EPOCHS - 1) / MOST_EPOCHS);
      for (int i = 0; i < epochs.size(); i++) {
        if (i == 0 || (i + 1) % step == 0 || i == epochs.size() - 1) {
          table.add(row(epochs.get(i), measures, validated));
        }
      }
    }
    return new Page.Section(
        "Training", List.of(), List.of(), table, take(List.copyOf(left).stream(), left));
  }

  private static List<String> row(EpochRecord epoch, List<String> measures, boolean validated) {
    List<String> row = new ArrayList<>(List.of(Readable.count(epoch.epoch())));
    measures.forEach(measure -> row.add(Figures.text(epoch.measure(measure))));
    if (validated) {
      row.add(Figures.text(epoch.validation()));
    }
    return row;
  }

  private Page.Section stage(String stage, Map<String, Object> figures, Set<String> left) {
    List<String> own =
        left.stream().filter(of -> of.equals(stage) || of.startsWith(stage + "-")).toList();
    return new Page.Section(
        Character.toUpperCase(stage.charAt(0)) + stage.substring(1),
        earlier(figures),
        Figures.facts(figures, HIDDEN),
        Figures.table(figures),
        take(own.stream(), left));
  }

  /** Says so where figures are of another model than the run's is now. */
  private List<String> earlier(Map<String, Object> figures) {
    return figures.get(EPOCH) instanceof Number of && of.intValue() != epoch
        ? List.of("Of the model of epoch %s.".formatted(Readable.count(of.intValue())))
        : List.of();
  }

  private List<Figure> take(Stream<String> names, Set<String> left) {
    List<String> taken = names.toList();
    left.removeAll(taken);
    return taken.stream().map(pictures::get).toList();
  }
}
