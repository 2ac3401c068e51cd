package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.archive.Manifest;

/** Whoever can write to a run directory gets no code of theirs run by what reads it. */
class PlantedObjectTest {
  @TempDir private Path folder;
  private Path checkpoint;

  /** Tells that it came to life. */
  public static class Planted implements Serializable {
    private static final long serialVersionUID = 1L;
    static boolean alive;

    /** As a JSON library would. */
    public Planted() {
      alive = true;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      alive = true;
      in.defaultReadObject();
    }
  }

  @BeforeEach
  void save() throws IOException {
    try (RunDirectory directory = open()) {
      directory.storeConfig("");
      directory.checkpoints(1, warning -> {}).save(Checkpoints.network(1), Checkpoints.state(1, 0));
    }
    checkpoint = folder.resolve("run/checkpoints/epoch-000001");
    assertThat(checkpoint).isDirectoryContaining("glob:**/model.zip");
    Planted.alive = false;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.zip", "state.json"})
  void isRefusedInThePlaceOfAFile(String name) throws IOException {
    replace(name, planted());
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"configuration.json", "coefficients.bin", "updaterState.bin"})
  void isRefusedInThePlaceOfAPartOfTheModel(String name) throws IOException {
    replace("model.zip", with(name, planted()));
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"preprocessor.bin", "normalizer.bin", "objects.bin"})
  void isNotReadBesideThePartsOfTheModel(String name) throws IOException {
    replace("model.zip", with(name, planted()));
    try (RunDirectory directory = open()) {
      CheckpointStore.Restored restored =
          directory.checkpoints(1, warning -> {}).latest().orElseThrow();
      Checkpoints.assertSame(restored, Checkpoints.network(1));
    }
    assertThat(Planted.alive).isFalse();
  }

  @Test
  void isNotMadeFromItsNameInTheConfiguration() throws IOException {
    String json = new String(entries().get("configuration.json"), StandardCharsets.UTF_8);
    String ours = "org.sparkvae.dl4j.VaeLayer";
    assertThat(json).contains("\"" + ours + "\"");
    String theirs = json.replace("\"" + ours + "\"", "\"" + Planted.class.getName() + "\"");
    replace("model.zip", with("configuration.json", theirs.getBytes(StandardCharsets.UTF_8)));
    assertRefused();
  }

  @Test
  void wouldComeToLifeInJavasDeserialisationAndInDeeplearning4js() throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(planted()))) {
      in.readObject();
    }
    assertThat(Planted.alive).isTrue();

    Planted.alive = false;
    byte[] archive = with("preprocessor.bin", planted());
    try {
      ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(archive), true);
    } catch (ClassCastException tooLate) {
      assertThat(tooLate).hasMessageContaining("Planted");
    }
    assertThat(Planted.alive).isTrue();
  }

  private void assertRefused() throws IOException {
    try (RunDirectory directory = open()) {
      CheckpointStore checkpoints = directory.checkpoints(1, warning -> {});
      assertThatThrownBy(checkpoints::latest)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("cannot go on from the checkpoints in file:" + folder);
    }
    assertThat(Planted.alive).isFalse();
  }

  private RunDirectory open() {
    return RunDirectory.open(
        folder.resolve("run").toString(), new Configuration(), "application-1");
  }

  /** Replaces a file of the checkpoint, whose manifest then agrees. */
  private void replace(String name, byte[] content) throws IOException {
    Files.write(checkpoint.resolve(name), content);
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String file : new String[] {"model.zip", "state.json"}) {
      files.put(file, Files.readAllBytes(checkpoint.resolve(file)));
    }
    Files.write(checkpoint.resolve(Manifest.NAME), Manifest.of(files));
  }

  /** The model's archive with an entry added, or replaced. */
  private byte[] with(String name, byte[] content) throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put(name, content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(checkpoint.resolve("model.zip")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] planted() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Planted());
    }
    Planted.alive = false;
    return bytes.toByteArray();
  }
}
