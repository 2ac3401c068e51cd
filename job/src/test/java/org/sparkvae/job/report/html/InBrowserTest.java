package org.sparkvae.job.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.settings.JobSettings;

/** The report of a run in a real browser: Chromium, by ChromeDriver. */
@Tag("faces")
@Timeout(240)
class InBrowserTest {
  @TempDir private static Path folder;
  private static Browser browser;
  private static String page;

  @BeforeAll
  static void open() throws IOException {
    String conf = DrawnJob.write(folder, "seed = 5");
    RunFiles run = RunFiles.in(folder, "run");
    String stages = String.join(", ", JobSettings.APPLICATIONS);
    assertThat(
            LocalJob.run(conf, run.setting(), "pipeline=[train, evaluate, " + stages + "]").err())
        .isEmpty();
    page = run.root().resolve("report.html").toUri().toString();
    browser = Browser.start(folder.resolve("browser"));
  }

  @AfterAll
  static void close() throws IOException {
    browser.close();
  }

  private static BufferedImage picture(String name) throws IOException {
    byte[] png = Base64.getDecoder().decode(browser.screenshot());
    Path kept = Files.createDirectories(Path.of("target", "faces")).resolve(name);
    Files.write(kept, png);
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void everyPictureIsThereAndNothingIsFetched() {
    browser.size(1200, 900);
    browser.open(page);

    JsonNode pictures =
        browser.run(
            "return [...document.images].map(i => [i.alt, i.src.slice(0, 11), i.naturalWidth])");
    assertThat(pictures).hasSizeGreaterThan(8);
    for (JsonNode picture : pictures) {
      assertThat(picture.get(1).asText()).isEqualTo("data:image/");
      assertThat(picture.get(2).asInt()).as(picture.get(0).asText()).isGreaterThan(400);
    }
    assertThat(browser.run("return performance.getEntriesByType('resource').length").asInt())
        .isZero();
  }

  @Test
  void isLightOrDarkAsTheReaderIs() throws IOException {
    browser.size(1200, 900);
    for (String scheme : new String[] {"light", "dark"}) {
      browser.media("prefers-color-scheme", scheme);
      browser.open(page);
      BufferedImage seen = picture(scheme + ".png");
      int paper = seen.getRGB(3, 3) & 0xff;
      assertThat(paper)
          .isBetween(scheme.equals("dark") ? 0 : 200, scheme.equals("dark") ? 60 : 255);
      assertThat(ink(seen, paper)).isGreaterThan(500);
    }
    browser.media("prefers-color-scheme", "light");
  }

  /** Pixels that differ from the paper by half of what there is. */
  private static long ink(BufferedImage seen, int paper) {
    long ink = 0;
    for (int y = 0; y < seen.getHeight(); y++) {
      for (int x = 0; x < seen.getWidth(); x++) {
        ink += Math.abs((seen.getRGB(x, y) & 0xff) - paper) > 127 ? 1 : 0;
      }
    }
    return ink;
  }

  @Test
  void fitsAPhone() throws IOException {
    browser.phone(390, 844);
    browser.open(page);

    assertThat(picture("phone.png").getWidth()).isPositive();
    Map<String, Integer> widths =
        Map.of(
            "page", browser.run("return document.documentElement.scrollWidth").asInt(),
            "window", browser.run("return window.innerWidth").asInt());
    assertThat(widths.get("window")).isEqualTo(390);
    assertThat(widths.get("page")).isLessThanOrEqualTo(390);
    browser.desktop();
  }
}
