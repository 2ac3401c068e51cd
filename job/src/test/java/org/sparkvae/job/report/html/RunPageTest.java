package org.sparkvae.job.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTimes;
import org.sparkvae.job.checkpoint.EpochWork;

class RunPageTest {
  private static final Map<String, Object> EVALUATED =
      Map.of("test_nll", 97.0355980770822, "test_images", 1000, "reliable_images", 17);

  private static List<EpochRecord> epochs(int count) {
    List<EpochRecord> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= count; epoch++) {
      epochs.add(
          new EpochRecord(
              epoch,
              Map.of("bound", -200.0 + epoch),
              1,
              1e-3,
              Double.NaN,
              new EpochWork(100, 1, 1),
              new EpochTimes(1, 0, 0, 0)));
    }
    return epochs;
  }

  private static String html(
      Map<String, Object> summary,
      Map<String, Map<String, Object>> stages,
      Map<String, Figure> pictures) {
    return new RunPage(
            "my <run>", "A model", epochs(30), 28, summary, stages, pictures, "a = \"<b>\"")
        .page()
        .html();
  }

  private static byte[] png(int width, int height, boolean noisy) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, noisy ? random.nextInt() : 0x336699);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void saysTheFiguresAndWhatNotToTrust() {
    String html = html(EVALUATED, Map.of(), Map.of());

    assertThat(html)
        .contains("<b>97.036</b>negative log-likelihood, nats/image", "<b>17</b>reliable estimates")
        .contains("log p(x) of 983 of 1,000 images are not known; in expectation")
        .contains("<h2>Evaluation</h2>", "<h2>Training</h2>");
    assertThat(html(Map.of(), Map.of(), Map.of()))
        .contains("<h2>Training</h2>")
        .doesNotContain("<h2>Evaluation</h2>", "are not known");
  }

  @Test
  void whatMayBeMarkupIsNot() {
    assertThat(html(EVALUATED, Map.of(), Map.of()))
        .contains("<title>my &lt;run&gt;</title>", "&lt;b&gt;")
        .doesNotContain("<run>");
  }

  @Test
  void needsNothingBesideItself() {
    assertThat(html(EVALUATED, Map.of(), Map.of()))
        .doesNotContain("http:", "https:", "<link", "<script", "url(");
  }

  @Test
  void showsSomeOfManyEpochsTheFirstAndTheLastAmongThem() {
    String html = html(Map.of(), Map.of(), Map.of());

    assertThat(html).contains("<td class=\"number\">1</td><td class=\"number\">-199</td>");
    assertThat(html).contains("<td class=\"number\">30</td><td class=\"number\">-170</td>");
    assertThat(html.split("<td class=\"number\">-1").length - 1).isBetween(8, 14);
  }

  @Test
  void stagesHaveTheirFiguresAndTheirPictures() throws IOException {
    Map<String, Figure> pictures = new LinkedHashMap<>();
    for (String name : List.of("sample", "sample-draws", "samples", "outliers")) {
      pictures.put(name, Figure.of(name, png(40, 20, false)));
    }
    String html =
        html(
            EVALUATED,
            Map.of("sample", Map.of("images", 100, "mark", "abc", "list", List.of(1))),
            pictures);

    int evaluation = html.indexOf("<h2>Evaluation</h2>");
    int training = html.indexOf("<h2>Training</h2>");
    int sample = html.indexOf("<h2>Sample</h2>");
    assertThat(evaluation).isPositive().isLessThan(training);
    assertThat(training).isLessThan(sample);
    assertThat(html.indexOf("alt=\"outliers\"")).isBetween(evaluation, training);
    assertThat(html.indexOf("alt=\"samples\"")).isBetween(training, sample);
    assertThat(html.indexOf("alt=\"sample-draws\"")).isGreaterThan(sample);
    assertThat(html).contains("<tr><th>images</th><td class=\"number\">100</td></tr>");
    assertThat(html).doesNotContain("abc", "list");
  }

  @Test
  void figuresOfAnEarlierModelSaySo() {
    assertThat(html(EVALUATED, Map.of("sample", Map.of("model_epoch", 20)), Map.of()))
        .contains("<p>Of the model of epoch 20.</p>")
        .doesNotContain("model epoch");
    assertThat(html(EVALUATED, Map.of("sample", Map.of("model_epoch", 28)), Map.of()))
        .doesNotContain("Of the model of epoch");
  }

  @Test
  void figuresOfSeveralThingsAreATable() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("test_nll", 97.25);
    one.put("test_kl", null);
    Map<String, Object> runs = new LinkedHashMap<>();
    runs.put("images", 7);
    runs.put("my_run", one);
    runs.put("b", Map.of("parameters", 12345L));

    assertThat(html(Map.of(), Map.of("runs", runs), Map.of()))
        .contains("<tr><th>images</th><td class=\"number\">7</td></tr>")
        .contains(
            "<th class=\"number\">test nll</th><th class=\"number\">test kl</th>"
                + "<th class=\"number\">parameters</th>")
        .contains(row("my_run", "97.25", "-", "-"), row("b", "-", "-", "12,345"));
  }

  private static String row(String... cells) {
    return Arrays.stream(cells)
        .map(cell -> "<td class=\"number\">" + cell + "</td>")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  @Test
  void aFigureIsMadeAnewWhereItsPictureChanged() throws IOException {
    KeptFigures kept = new KeptFigures(name -> {});
    byte[] picture = png(40, 20, false);
    Figure first = kept.of("sample", picture).orElseThrow();

    assertThat(kept.of("sample", picture.clone()).orElseThrow()).isSameAs(first);
    assertThat(kept.of("encode", picture).orElseThrow().name()).isEqualTo("encode");
    byte[] other = png(80, 20, false);
    assertThat(kept.of("sample", other)).contains(Figure.of("sample", other));
  }

  @Test
  void aFileThatIsNoPictureIsToldOfOnce() throws IOException {
    List<String> passedOver = new ArrayList<>();
    KeptFigures kept = new KeptFigures(passedOver::add);
    byte[] cutOff = Arrays.copyOf(png(40, 20, true), 200);

    assertThat(kept.of("broken", cutOff)).isEmpty();
    assertThat(kept.of("broken", cutOff)).isEmpty();
    assertThat(kept.of("sample", png(40, 20, false))).isPresent();

    assertThat(passedOver).containsExactly("broken");
  }

  @Test
  void aHeavyPictureBecomesLightAndALightOneStaysAsItIs() throws IOException {
    byte[] light = png(400, 200, false);
    Figure small = Figure.of("light", light);
    assertThat(small.source())
        .isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(light));
    assertThat(small.width()).isEqualTo(200);
    assertThat(small.height()).isEqualTo(100);

    byte[] heavy = png(1600, 400, true);
    Figure figure = Figure.of("heavy", heavy);
    String start = "data:image/jpeg;base64,";
    assertThat(figure.source()).startsWith(start);
    byte[] jpeg = Base64.getDecoder().decode(figure.source().substring(start.length()));
    assertThat(jpeg.length).isLessThan(heavy.length / 4);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(image.getWidth()).isEqualTo(1200);
    assertThat(image.getHeight()).isEqualTo(300);
    assertThat(figure.width()).isEqualTo(800);
  }

  @Test
  void whatIsNoPictureIsRefused() {
    assertThatThrownBy(() -> Figure.of("broken", new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class)
        .hasMessage("broken is no picture");
  }
}
