package org.sparkvae.job.settings.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.settings.AnalysisSettings;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.kinds.Kinds;

/**
 * Reads which stages run, and the settings of those that do something with a trained model: the
 * block {@code analyse}, which has a block for each kind, and a block for each other stage.
 */
final class StagesReader {
  private static final String PIPELINE = "pipeline";
  private static final String TRAIN = Stage.TRAIN.toString();
  private static final String EVALUATE = Stage.EVALUATE.toString();

  private static final List<String> ALL =
      Stream.concat(
              Arrays.stream(Stage.values()).map(Stage::toString), JobSettings.APPLICATIONS.stream())
          .toList();

  private StagesReader() {}

  /** The stages: train first, evaluate next or alone, and others. */
  static List<String> pipeline(Keys keys) {
    List<String> stages = keys.someOf(PIPELINE, ALL);
    List<String> sorted = new ArrayList<>(stages);
    sorted.removeAll(List.of(TRAIN, EVALUATE));
    if (stages.contains(EVALUATE)) {
      if (!stages.contains(TRAIN) && !sorted.isEmpty()) {
        throw keys.problem(
            PIPELINE,
            "holds evaluate beside %s, but not train: another evaluation of a trained run stands alone; run the others by themselves"
                .formatted(sorted.get(0)));
      }
      sorted.add(0, EVALUATE);
    }
    if (stages.contains(TRAIN)) {
      sorted.add(0, TRAIN);
    }
    if (!sorted.equals(stages)) {
      throw keys.problem(
          PIPELINE,
          "is [%s], but train comes first and evaluate next: make it [%s]"
              .formatted(String.join(", ", stages), String.join(", ", sorted)));
    }
    return stages;
  }

  static AnalysisSettings analyse(Keys keys) {
    Map<String, Class<?>> kinds = Kinds.of(Analysis.class);
    List<Analysis> chosen =
        keys.someOf("kinds", List.copyOf(kinds.keySet())).stream()
            .map(name -> Kinds.read(kinds.get(name), new Block(keys.at(name))))
            .map(Analysis.class::cast)
            .toList();
    return new AnalysisSettings(chosen);
  }

  /** What the pipeline has of applications, in its order. */
  static List<Application> applications(Keys keys, List<String> pipeline) {
    Map<String, Class<?>> kinds = Kinds.of(Application.class);
    return pipeline.stream()
        .filter(kinds::containsKey)
        .map(name -> Kinds.read(kinds.get(name), new Block(keys.at(name))))
        .map(Application.class::cast)
        .toList();
  }
}
