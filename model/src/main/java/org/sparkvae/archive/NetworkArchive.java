package org.sparkvae.archive;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network with its updater state in the format of Deeplearning4j's {@link ModelSerializer}.
 *
 * <p>Readable with {@code ModelSerializer}. Written here without compression, which takes off a
 * seventh of a trained model's bytes and ten times as long, more than an epoch of a small model on
 * a GPU; read here part by part, because {@code ModelSerializer} gives an entry {@code
 * preprocessor.bin}, if there is one, to Java's deserialisation.
 */
public final class NetworkArchive {
  private static final int BUFFER = 1 << 16;

  private NetworkArchive() {}

  /** The network as bytes. */
  public static byte[] write(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      zip.putNextEntry(new ZipEntry(ModelSerializer.CONFIGURATION_JSON));
      String configuration = network.getLayerWiseConfigurations().toJson();
      zip.write(configuration.getBytes(StandardCharsets.UTF_8));
      write(network.params(), ModelSerializer.COEFFICIENTS_BIN, zip);
      INDArray state = network.getUpdater().getStateViewArray();
      if (state != null && state.length() > 0) {
        write(state, ModelSerializer.UPDATER_BIN, zip);
      }
    }
    return bytes.toByteArray();
  }

  private static void write(INDArray array, String name, ZipOutputStream zip) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip, BUFFER));
    Nd4j.write(array, out);
    out.flush();
  }

  /**
   * The network again, the same to the bit.
   *
   * @throws IOException where an entry is missing or unreadable
   */
  public static MultiLayerNetwork read(byte[] archive) throws IOException {
    try {
      Map<String, byte[]> entries = entries(archive);
      MultiLayerNetwork network = network(entries);
      INDArray state = network.getUpdater().getStateViewArray();
      if (state != null) {
        state.assign(array(required(entries, ModelSerializer.UPDATER_BIN)));
      }
      return network;
    } catch (RuntimeException e) {
      throw somethingElse(e);
    }
  }

  /**
   * The network again, to compute with: without the updater's state, which the archive need not
   * hold.
   *
   * @throws IOException where an entry is missing or unreadable
   */
  public static MultiLayerNetwork readWithoutUpdater(byte[] archive) throws IOException {
    try {
      return network(entries(archive));
    } catch (RuntimeException e) {
      throw somethingElse(e);
    }
  }

  private static IOException somethingElse(RuntimeException e) {
    return new IOException("the network's archive holds something else: " + e.getMessage(), e);
  }

  private static MultiLayerNetwork network(Map<String, byte[]> entries) throws IOException {
    byte[] configuration = required(entries, ModelSerializer.CONFIGURATION_JSON);
    INDArray parameters = array(required(entries, ModelSerializer.COEFFICIENTS_BIN));
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            MultiLayerConfiguration.fromJson(new String(configuration, StandardCharsets.UTF_8)));
    network.init(parameters, false);
    return network;
  }

  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] required(Map<String, byte[]> entries, String name) throws IOException {
    byte[] content = entries.get(name);
    if (content == null) {
      throw new IOException("the network's archive has no " + name);
    }
    return content;
  }

  private static INDArray array(byte[] content) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      return Nd4j.read(in);
    }
  }
}
