package org.sparkvae.job.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/**
 * A job whose settings and images lie on HDFS alone, and what local mode makes of it.
 *
 * @param settings its settings, without a run directory
 * @param conf their URI
 * @param local the run in local mode
 */
record ClusterRun(String settings, String conf, RunFiles local) {

  /** Runs in local mode, in a folder; leaves there only the run directory. */
  static ClusterRun prepare(MiniHdfs hdfs, Path folder) throws IOException {
    Path images = folder.resolve("images");
    DrawnImages.write(images);
    hdfs.put(images, "/images");
    Path conf = folder.resolve("job.conf");
    String settings = DrawnImages.conf(hdfs.uri("/images"), "idx", "idx");
    Files.writeString(conf, settings);
    hdfs.put(conf, "/job.conf");
    try (Stream<Path> files = Files.walk(images)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.delete(conf);
    RunFiles local = RunFiles.in(folder, "local");
    LocalJob.Outcome outcome = LocalJob.run(hdfs.uri("/job.conf"), local.setting());
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return new ClusterRun(settings, hdfs.uri("/job.conf"), local);
  }

  /** Requires that a run be done, with the bits of the one in local mode. */
  void assertLikeLocal(RunFiles run) throws IOException {
    SameBits.require(run, local, 3);
    assertThat(run.stamps("pictures").keySet()).isEqualTo(local.stamps("pictures").keySet());
  }
}
