package org.sparkvae.job.settings.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparkvae.job.settings.JobSettings;

/** A settings file that is right, on three lines, to which tests add theirs from line 4 on. */
final class SettingsFixture {
  private final Path folder;

  SettingsFixture(Path folder) {
    this.folder = folder;
  }

  JobSettings read(String lines, String... overrides) {
    Path file =
        write(
            "x.conf",
            """
            run.directory = "runs/t"
            data.train { source = idx, path = "train" }
            data.test { source = idx, path = "test" }
            """
                + lines);
    return SettingsReader.read(file.toString(), List.of(overrides));
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message without the name of the folder. */
  String local(Throwable thrown) {
    return thrown.getMessage().replace(folder + "/", "");
  }
}
