package org.sparkvae.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.StoredPictures;
import org.sparkvae.job.report.html.Figure;
import org.sparkvae.job.report.html.KeptFigures;
import org.sparkvae.job.report.html.RunPage;
import org.sparkvae.job.report.summary.JsonText;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.Secrets;
import org.sparkvae.job.train.TrainedVae;
import org.sparkvae.vae.ImageModel;

/**
 * Writes {@code report.html}, of what is in the directory of a run.
 *
 * @param figures that it was written with before
 */
record RunReport(RunDirectory directory, JobSettings settings, KeptFigures figures) {
  /** One that was not written yet. */
  RunReport(RunDirectory directory, JobSettings settings, Messages messages) {
    this(
        directory,
        settings,
        new KeptFigures(
            name ->
                messages.warn(
                    "%s is no picture, and report.html goes without it: delete or restore the file"
                        .formatted(directory.pictures().path(name)))));
  }

  /**
   * Writes it anew, unless the settings want none.
   *
   * @throws IOException where the file system fails
   */
  void write(TrainedVae trained) throws IOException {
    if (!settings.report().html()) {
      return;
    }
    ImageModel spec = VaeNetwork.spec(trained.network());
    RunPage page =
        new RunPage(
            directory.path().getName(),
            "%s; %s; %,d parameters; %s"
                .formatted(
                    capitalised(spec.model().title()),
                    spec.model().summary(spec.x()),
                    spec.parameters(),
                    Secrets.hideIn(directory.path().toString())),
            trained.history(),
            trained.epoch(),
            directory.text(RunDirectory.SUMMARY).map(JsonText::read).orElse(Map.of()),
            stages(),
            pictures(),
            directory.storedConfig().orElse(""));
    directory.writeText(RunDirectory.REPORT, page.page().html());
  }

  private static String capitalised(String title) {
    String bare = title.replaceFirst("^an? ", "");
    return Character.toUpperCase(bare.charAt(0)) + bare.substring(1);
  }

  private Map<String, Map<String, Object>> stages() throws IOException {
    Map<String, Map<String, Object>> stages = new LinkedHashMap<>();
    Map<String, Object> analyses =
        directory.analyses().summary().map(JsonText::read).orElse(Map.of());
    analyses.forEach(
        (kind, figures) -> {
          if (figures instanceof Map<?, ?> map) {
            Map<String, Object> named = new LinkedHashMap<>();
            map.forEach((key, value) -> named.put(String.valueOf(key), value));
            stages.put(kind, named);
          }
        });
    for (String stage : JobSettings.APPLICATIONS) {
      Optional<String> figures = directory.text(stage + ".json");
      figures.ifPresent(text -> stages.put(stage, JsonText.read(text)));
    }
    return stages;
  }

  private Map<String, Figure> pictures() throws IOException {
    Map<String, Figure> pictures = new LinkedHashMap<>();
    StoredPictures stored = directory.pictures();
    for (String name : stored.names()) {
      figures.of(name, stored.read(name)).ifPresent(figure -> pictures.put(name, figure));
    }
    return pictures;
  }
}
