package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What the tests read back from a run directory. */
record RunFiles(Path root) {
  /** A Parquet table as another program reads it. */
  record Table(StructType schema, List<Row> rows) {}

  /** A file's size and checksum, and when it was written. */
  record Stamp(long size, long crc, FileTime modified) {}

  /** Of the directory of this name in a folder, which need not exist yet. */
  static RunFiles in(Path folder, String name) {
    return new RunFiles(folder.resolve(name));
  }

  /** As a setting. */
  String setting() {
    return "run.directory=" + root;
  }

  Table table(String name) {
    SparkSession.Builder builder = SparkSession.builder();
    LocalJob.SUBMITTED.forEach(builder::config);
    try (SparkSession spark = builder.getOrCreate()) {
      Dataset<Row> table = spark.read().parquet(root.resolve(name).toString());
      return new Table(table.schema(), table.collectAsList());
    }
  }

  JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(root.resolve(name).toFile());
  }

  boolean has(String name) {
    return Files.exists(root.resolve(name));
  }

  /** The records of the epochs in a checkpoint. */
  JsonNode history(int epoch) throws IOException {
    return json(checkpoint(epoch) + "/state.json").get("history");
  }

  /** The bytes of a part of a checkpoint's {@code model.zip}. */
  byte[] model(int epoch, String part) throws IOException {
    try (ZipFile zip = new ZipFile(root.resolve(checkpoint(epoch) + "/model.zip").toFile())) {
      return zip.getInputStream(zip.getEntry(part)).readAllBytes();
    }
  }

  static String checkpoint(int epoch) {
    return "checkpoints/epoch-%06d".formatted(epoch);
  }

  /** The epochs that have a checkpoint under its final name. */
  List<Integer> checkpoints() throws IOException {
    Path checkpoints = root.resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("epoch-"))
          .map(name -> Integer.parseInt(name.substring("epoch-".length())))
          .sorted()
          .toList();
    }
  }

  /** The lines of a checkpoint's manifest that are not true. */
  List<String> brokenDigests(int epoch) throws IOException {
    Path checkpoint = root.resolve(checkpoint(epoch));
    List<String> lines = Files.readAllLines(checkpoint.resolve("manifest.sha256"));
    if (lines.size() != 2) {
      return lines;
    }
    List<String> broken = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split("  ");
      byte[] content = Files.readAllBytes(checkpoint.resolve(parts[1]));
      if (!DigestUtils.sha256Hex(content).equals(parts[0])) {
        broken.add(line);
      }
    }
    return broken;
  }

  /** What lies in the run directory and in its checkpoints. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(root, 2)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.contains(".parquet/"))
          .sorted()
          .toList();
    }
  }

  /** All files below a directory of the run, by their paths from its root; "" for the whole run. */
  SortedMap<String, Stamp> stamps(String below) throws IOException {
    SortedMap<String, Stamp> stamps = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root.resolve(below))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        CRC32 crc = new CRC32();
        crc.update(Files.readAllBytes(file));
        stamps.put(
            root.relativize(file).toString(),
            new Stamp(Files.size(file), crc.getValue(), Files.getLastModifiedTime(file)));
      }
    }
    return stamps;
  }

  /** The only evaluation beside the run's own. */
  RunFiles otherEvaluation() throws IOException {
    try (Stream<Path> evaluations = Files.list(root.resolve("evaluations"))) {
      List<Path> all = evaluations.toList();
      assertThat(all).hasSize(1);
      return new RunFiles(all.get(0));
    }
  }

  /** Copies the whole run, with its times. */
  RunFiles copyTo(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(root.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new RunFiles(target);
  }
}
