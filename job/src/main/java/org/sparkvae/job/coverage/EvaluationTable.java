package org.sparkvae.job.coverage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.scoring.ImageScore.LogLikelihood;
import org.sparkvae.job.evaluate.table.ScoreTable;
import org.sparkvae.job.settings.reading.ConfigText;
import scala.Tuple2;

/**
 * A finished evaluation's table.
 *
 * @param path of the table
 * @param images log p(x) by image id
 * @param noise what its samples are keyed by; nothing where no settings lie beside it
 */
record EvaluationTable(Path path, SortedMap<Long, LogLikelihood> images, Optional<Noise> noise) {
  /** Evaluations of one seed and one stream draw the same numbers for an image. */
  record Noise(long seed, int stream) {}

  /**
   * Reads a table.
   *
   * @param uri of the table or of the directory that it lies in, on any Hadoop file system
   * @throws DataException where there is none, or none with errors
   */
  static EvaluationTable read(SparkSession spark, String uri) {
    try {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      Path path = find(new Path(uri), hadoop);
      SortedMap<Long, LogLikelihood> images = images(spark, path);
      if (images.isEmpty()) {
        throw new DataException(path + " holds no images: name another table");
      }
      return new EvaluationTable(path, images, noise(path, hadoop));
    } catch (FileNotFoundException e) {
      throw new DataException(
          uri + " holds no finished evaluation.parquet: evaluate first, or name another", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "%s cannot be read (%s): check the path and its permissions"
              .formatted(uri, e.toString().lines().findFirst().orElseThrow()),
          e);
    }
  }

  private static Path find(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    for (Path table : List.of(new Path(path, RunDirectory.EVALUATION), path)) {
      if (files.exists(new Path(table, "_SUCCESS")) && files.getFileStatus(table).isDirectory()) {
        return table;
      }
    }
    throw new FileNotFoundException(path.toString());
  }

  private static SortedMap<Long, LogLikelihood> images(SparkSession spark, Path path) {
    SortedMap<Long, LogLikelihood> images = new TreeMap<>();
    try {
      ScoreTable.read(spark, List.of(path))
          .map(score -> new Tuple2<>(score.id(), score.logLikelihood()))
          .collect()
          .forEach(image -> images.put(image._1(), image._2()));
      return images;
    } catch (Exception e) {
      // Spark's compile-time view of Scala hides its checked exceptions.
      if (e instanceof AnalysisException || e instanceof SparkException) {
        throw new DataException(
            path + " is no table of an evaluation: name an evaluation.parquet", e);
      }
      throw e;
    }
  }

  private static Optional<Noise> noise(Path table, Configuration hadoop) throws IOException {
    Path settings = new Path(table.getParent(), ConfigText.FILE);
    FileSystem files = settings.getFileSystem(hadoop);
    if (!files.exists(settings)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(settings)) {
      Config config = ConfigText.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      String stream = "evaluation.stream";
      return Optional.of(
          new Noise(config.getLong("seed"), config.hasPath(stream) ? config.getInt(stream) : 0));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** K, samples per image; nothing where they are chains. */
  Optional<Integer> samples() {
    return Optional.ofNullable(images.get(images.firstKey()).diagnosis())
        .map(ImageScore.Diagnosis::curve)
        .filter(curve -> !curve.isEmpty())
        .map(curve -> curve.get(curve.size() - 1).samples());
  }
}
