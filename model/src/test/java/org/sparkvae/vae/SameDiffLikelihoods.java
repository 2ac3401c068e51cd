package org.sparkvae.vae;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Categorical;
import org.sparkvae.likelihood.ContinuousBernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.likelihood.Logistic;
import org.sparkvae.likelihood.LogisticMixture;
import org.sparkvae.likelihood.StudentT;

/**
 * The likelihoods of {@link ModelCases} written down in SameDiff, as their formulas read, without a
 * care for what overflows or cancels.
 *
 * @param blocks the parameters, by their names
 * @param x the images, [rows, pixels]
 */
record SameDiffLikelihoods(SameDiff sd, Map<String, SDVariable> blocks, SDVariable x) {
  private static final int PIXELS = ModelCases.PIXELS;
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /** log p(x|z) of the decoder's body, [rows]. */
  SDVariable of(Likelihood likelihood, SDVariable h) {
    if (likelihood instanceof StudentT studentT) {
      return logLikelihood(studentT, h);
    }
    if (likelihood instanceof Logistic logistic) {
      return logLikelihood(logistic, h);
    }
    SDVariable head = affine("likelihood", h);
    if (likelihood instanceof Gaussian gaussian) {
      boolean shared = gaussian.variance() == Gaussian.Variance.SHARED;
      SDVariable raw =
          shared ? everyPixel("likelihood.raw-variance") : columns(head, PIXELS, 2 * PIXELS);
      SDVariable means = shared ? head : columns(head, 0, PIXELS);
      SDVariable variance = sd.nn.softplus(raw).add(gaussian.minVariance());
      SDVariable error = x.sub(means);
      return error
          .mul(error)
          .div(variance)
          .add(sd.math.log(variance))
          .add(LOG_2PI)
          .mul(-0.5)
          .sum(1);
    }
    if (likelihood instanceof LogisticMixture mixture) {
      return logLikelihood(mixture, head);
    }
    if (likelihood instanceof Categorical categorical) {
      return logLikelihood(categorical, head);
    }
    if (likelihood instanceof ContinuousBernoulli) {
      SDVariable normaliser = sd.math.log(sd.math.exp(head).sub(1).div(head));
      return x.mul(head).sub(normaliser).sum(1);
    }
    return x.mul(head).sub(sd.nn.softplus(head)).sum(1);
  }

  private SDVariable logLikelihood(StudentT studentT, SDVariable h) {
    SDVariable scale = sd.nn.softplus(affine("likelihood.scale", h)).add(studentT.minScale());
    SDVariable t = x.sub(affine("likelihood.location", h)).div(scale);
    SDVariable v =
        switch (studentT.degrees()) {
          case FIXED -> t.mul(0).add(studentT.freedom());
          case SHARED -> sd.nn.softplus(everyPixel("likelihood.raw-freedom")).add(2);
          case PER_PIXEL -> sd.nn.softplus(affine("likelihood.freedom", h)).add(2);
        };
    SDVariable tail = sd.math.log(t.mul(t).div(v).add(1)).mul(v.add(1)).mul(0.5);
    return logGamma(v.add(1).mul(0.5))
        .sub(logGamma(v.mul(0.5)))
        .sub(sd.math.log(v.mul(Math.PI)).mul(0.5))
        .sub(sd.math.log(scale))
        .sub(tail)
        .sum(1);
  }

  /** As a difference of sigmoids. */
  private SDVariable logLikelihood(Logistic logistic, SDVariable h) {
    boolean shared = logistic.scale() == Logistic.Scale.SHARED;
    SDVariable raw =
        shared ? everyPixel("likelihood.log-scale") : affine("likelihood.log-scale", h);
    SDVariable logScale = sd.math.clipByValue(raw, logistic.minLogScale(), logistic.maxLogScale());
    return logLevels(affine("likelihood.location", h), logScale).sum(1);
  }

  private SDVariable logLikelihood(LogisticMixture mixture, SDVariable head) {
    SDVariable joint = null;
    SDVariable weights = null;
    for (int c = 0; c < mixture.components(); c++) {
      SDVariable[] part = new SDVariable[3];
      for (int i = 0; i < 3; i++) {
        int first = (i * mixture.components() + c) * PIXELS;
        part[i] = columns(head, first, first + PIXELS);
      }
      SDVariable logScale =
          sd.math.clipByValue(part[2], mixture.minLogScale(), mixture.maxLogScale());
      SDVariable weight = sd.math.exp(part[0]);
      SDVariable share = weight.mul(sd.math.exp(logLevels(part[1], logScale)));
      joint = joint == null ? share : joint.add(share);
      weights = weights == null ? weight : weights.add(weight);
    }
    return sd.math.log(joint.div(weights)).sum(1);
  }

  /** By constants: which logit is the image's, and which are of one pixel. */
  private SDVariable logLikelihood(Categorical categorical, SDVariable head) {
    int levels = categorical.levels();
    INDArray pixels = x.getArr();
    INDArray isGiven = Nd4j.zeros(DataType.DOUBLE, pixels.rows(), (long) PIXELS * levels);
    INDArray ofPixel = Nd4j.zeros(DataType.DOUBLE, (long) PIXELS * levels, PIXELS);
    for (int d = 0; d < PIXELS; d++) {
      for (int r = 0; r < pixels.rows(); r++) {
        long level = Math.round(pixels.getDouble(r, d) * (levels - 1));
        isGiven.putScalar(r, d * levels + level, 1);
      }
      ofPixel
          .get(NDArrayIndex.interval((long) d * levels, (d + 1L) * levels), NDArrayIndex.point(d))
          .assign(1);
    }
    SDVariable sums = sd.math.exp(head).mmul(sd.constant(ofPixel));
    return head.mul(sd.constant(isGiven)).sum(1).sub(sd.math.log(sums).sum(1));
  }

  /** log of the probability of each pixel's level, [rows, pixels]. */
  private SDVariable logLevels(SDVariable location, SDVariable logScale) {
    SDVariable inverse = sd.math.exp(logScale.neg());
    SDVariable upper = sd.nn.sigmoid(x.add(1.0 / 510).sub(location).mul(inverse));
    SDVariable lower = sd.nn.sigmoid(x.sub(1.0 / 510).sub(location).mul(inverse));
    SDVariable isFirst = x.lt(1.0 / 510).castTo(DataType.DOUBLE);
    SDVariable isLast = x.gt(1 - 1.0 / 510).castTo(DataType.DOUBLE);
    SDVariable above = upper.mul(isLast.rsub(1)).add(isLast);
    return sd.math.log(above.sub(lower.mul(isFirst.rsub(1))));
  }

  /** Stirling's series ten further on: ND4J's own has no derivative. */
  private SDVariable logGamma(SDVariable v) {
    SDVariable w = v.add(10);
    SDVariable inverse = w.rdiv(1);
    SDVariable square = inverse.mul(inverse);
    SDVariable series =
        inverse.mul(
            square
                .mul(square.mul(square.mul(-1.0 / 1680).add(1.0 / 1260)).add(-1.0 / 360))
                .add(1.0 / 12));
    SDVariable value = w.sub(0.5).mul(sd.math.log(w)).sub(w).add(LOG_2PI / 2).add(series);
    for (int j = 0; j < 10; j++) {
      value = value.sub(sd.math.log(v.add(j)));
    }
    return value;
  }

  /** One value for all pixels, by products: SameDiff's gradient of a broadcast scalar is wrong. */
  private SDVariable everyPixel(String name) {
    SDVariable column = sd.constant(Nd4j.ones(DataType.DOUBLE, x.getArr().size(0), 1));
    SDVariable row = sd.constant(Nd4j.ones(DataType.DOUBLE, 1, PIXELS));
    return column.mmul(blocks.get(name)).mmul(row);
  }

  private SDVariable affine(String name, SDVariable in) {
    return in.mmul(blocks.get(name + ".weight")).add(blocks.get(name + ".bias"));
  }

  private SDVariable columns(SDVariable packed, int from, int to) {
    return sd.slice(packed, new int[] {0, from}, (int) x.getArr().size(0), to - from);
  }
}
