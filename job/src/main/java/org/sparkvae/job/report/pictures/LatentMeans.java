package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.sparkvae.job.report.summary.Readable;

/**
 * The test images' posterior means in a two-dimensional latent space, coloured by label.
 *
 * @param means [n][2], not a copy; some thousands make a good picture
 * @param labels [n], -1 for none, not a copy
 * @param labelNames what labels stand for, where they are not the numbers themselves
 */
public record LatentMeans(float[][] means, int[] labels, Map<Integer, String> labelNames)
    implements Picture {
  private static final String NAME = "latent-means";

  /** Refuses no points, points not in a plane, and labels of another number. */
  public LatentMeans {
    LabelledPoints.check(means, labels, NAME);
    labelNames = Map.copyOf(labelNames);
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    String title = "Posterior means of " + Readable.count(means.length, "test image");
    return new LabelledPoints(fileName(), title, List.of("z1", "z2"), means, labels, labelNames)
        .draw();
  }
}
