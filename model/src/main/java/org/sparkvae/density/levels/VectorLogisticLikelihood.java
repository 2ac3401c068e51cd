package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/** Log-likelihoods of levels under discretised logistics, a row at a time. */
final class VectorLogisticLikelihood {
  private final int pixels;
  private final LevelRow x;
  private final VectorLogistic row;
  private final float[] bias;

  VectorLogisticLikelihood(int pixels, LogScales bounds) {
    this.pixels = pixels;
    int padded = HostFloats.padded(pixels);
    this.x = LevelRow.of(pixels);
    this.row = new VectorLogistic(x, bounds);
    this.bias = new float[padded];
  }

  /**
   * A product and its bias, and where the derivatives by their sum go.
   *
   * @param product [rows, pixels]
   * @param bias [pixels]
   * @param residual [rows, pixels], which may be the product; null for values only
   */
  record Affine(ByteBuffer product, ByteBuffer bias, ByteBuffer residual) {}

  /** See {@link LogisticLogLikelihood}. */
  void score(ByteBuffer levels, Affine location, Affine scale, double[] out) {
    for (int r = 0; r < out.length; r++) {
      x.read(levels, pixels, r);
      read(location, r, row.location);
      read(scale, r, row.raw);
      out[r] = value();
      if (location.residual() != null) {
        row.derive();
        HostFloats.write(0, location.residual(), r * pixels, row.location, pixels);
        HostFloats.write(0, scale.residual(), r * pixels, row.raw, pixels);
      }
    }
  }

  /**
   * See {@link LogisticSharedLogLikelihood}.
   *
   * @param rawDerivative by the raw log-scale, [rows]
   */
  void scoreShared(
      ByteBuffer levels, Affine location, float raw, double[] out, double[] rawDerivative) {
    for (int r = 0; r < out.length; r++) {
      x.read(levels, pixels, r);
      read(location, r, row.location);
      Arrays.fill(row.raw, raw);
      out[r] = value();
      if (location.residual() != null) {
        row.derive();
        HostFloats.write(0, location.residual(), r * pixels, row.location, pixels);
        rawDerivative[r] = HostFloats.sum(row.raw, pixels);
      }
    }
  }

  private void read(Affine affine, int r, float[] into) {
    HostFloats.read(affine.product(), r * pixels, into, pixels);
    HostFloats.read(affine.bias(), 0, bias, pixels);
    for (int d = 0; d < into.length; d += LANES) {
      load(into, d).add(load(bias, d)).intoArray(into, d);
    }
  }

  /** The sum of the pixels' log p. */
  private double value() {
    row.score();
    for (int d = 0; d < row.ratio.length; d += LANES) {
      load(row.exponent, d).add(VectorMath.log(load(row.ratio, d))).intoArray(row.exponent, d);
    }
    return HostFloats.sum(row.exponent, pixels);
  }
}
