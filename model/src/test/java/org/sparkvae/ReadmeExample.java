package org.sparkvae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.fixtures.StoredRuns;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/** The Java of the README, in a directory with a small trained run where it looks for one. */
record ReadmeExample(Path directory, String name) {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)\\n```java\\n(.*?)\\n```\\n");
  private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");
  private static final Pattern RUN = Pattern.compile("Path\\.of\\(\"([^\"]+)\"\\)");
  private static final int PIXELS = 28;
  private static final int IMAGES = 50;
  private static final int EPOCHS = 5;

  /** What a process printed, to either stream, and its exit status. */
  record Printed(String text, int status) {}

  /** Writes the first block of Java in the README, and the run that it loads. */
  static ReadmeExample in(Path directory) throws IOException {
    String block = first(BLOCK, Files.readString(README), "no ```java block in the README");
    String name = first(CLASS, block, "no class in the README's Java");
    Files.writeString(directory.resolve(name + ".java"), block);
    String run = first(RUN, block, "no run in the README's Java");
    StoredRuns.write(directory.resolve(run), EPOCHS, trained());
    return new ReadmeExample(directory, name);
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError(otherwise);
    }
    return matcher.group(1);
  }

  private static MultiLayerNetwork trained() {
    Mlp body = new Mlp(List.of(20), Activation.TANH);
    ImageModel model =
        new ImageModel(new Shape(PIXELS, PIXELS, 1), new Vae(3, body, body, new Bernoulli()));
    MultiLayerNetwork network = StoredRuns.network(model, 1);
    INDArray stripes = stripes();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      network.fit(stripes, stripes);
    }
    return network;
  }

  /** Images of one bright column each. */
  private static INDArray stripes() {
    float[][] images = new float[IMAGES][PIXELS * PIXELS];
    for (int i = 0; i < IMAGES; i++) {
      for (int row = 0; row < PIXELS; row++) {
        images[i][row * PIXELS + i % PIXELS] = 1;
      }
    }
    return Nd4j.createFromArray(images).castTo(DataType.FLOAT);
  }

  Path source() {
    return directory.resolve(name + ".java");
  }

  /** Runs {@code java} in the directory. */
  Printed run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java()));
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    return new Printed(text, process.waitFor());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Where these tests have their native libraries unpacked. */
  private static String cache() {
    return System.getProperty("org.bytedeco.javacpp.cachedir");
  }
}
