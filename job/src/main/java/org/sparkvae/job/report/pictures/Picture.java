package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of a run, drawn without a display.
 *
 * <p>Pictures are about 1,800 pixels wide, to be shown at half that width.
 */
public sealed interface Picture
    permits BoundGaps,
        Bars,
        Curves,
        Reconstructions,
        MostProbable,
        Extremes,
        TrainingCurve,
        GradientVariance,
        LikelihoodHistogram,
        LatentMeans,
        Layers,
        CodesAndMixture,
        DecodedPlane,
        ImageBlocks,
        ImageRow,
        ImageSheet,
        ImageStrips,
        LabelledPoints {

  /** Its name in the folder of pictures, such as "samples.png". */
  String fileName();

  BufferedImage draw();

  /**
   * Draws it and writes it as PNG; leaves the stream open.
   *
   * @throws IOException where the stream refuses it
   */
  default void writeTo(OutputStream out) throws IOException {
    // Not ImageIO's default stream, which goes through a file in the temporary folder.
    try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(draw(), "png", png)) {
        throw new IOException("this Java runtime has no PNG writer");
      }
    }
  }
}
