package org.sparkvae.job.ml;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.ImageCode;
import org.sparkvae.codec.ImageReconstruction;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.scoring.SampleKeys;
import org.sparkvae.job.evaluate.scoring.WholeImageScorer;
import org.sparkvae.job.settings.Scale;

/**
 * Finds what a transform adds, image by image, on buffers that are allocated once.
 *
 * <p>An image's id is a part of the digest of its levels: it keys what is drawn for it. Not
 * thread-safe: one instance belongs to one task.
 */
final class ImageResults {
  /** Images are binarised once, with the key of no epoch of training. */
  private static final long EPOCH = 0;

  private final ImagePlan plan;
  private final ImageCode code;
  private final WholeImageScorer scorer;
  private final ImageReconstruction reconstruction;
  private final float[] values;

  /**
   * On a model.
   *
   * @param parameters the flat parameter vector
   */
  ImageResults(ImagePlan plan, float[] parameters) {
    this.plan = plan;
    INDArray vector = Nd4j.createFromArray(parameters);
    values = new float[plan.spec().x().values()];
    code = plan.has(OutputColumns.Kind.LATENT) ? new ImageCode(plan.spec(), vector) : null;
    reconstruction =
        plan.has(OutputColumns.Kind.RECONSTRUCTION)
            ? new ImageReconstruction(plan.spec(), vector)
            : null;
    scorer =
        plan.scores()
            ? new WholeImageScorer(
                plan.spec(),
                vector,
                plan.evaluation(),
                new SampleKeys(plan.seed(), plan.evaluation().stream()))
            : null;
  }

  /**
   * The results of an image, in the order of the plan.
   *
   * @param levels [values]
   * @param name of the image, for messages
   * @throws EvaluationException where log p(x) is no finite number
   */
  Object[] of(byte[] levels, Supplier<String> name) {
    ImageBlock image = new ImageBlock(new long[] {id(levels)}, new int[] {-1}, levels);
    plan.binariser().write(image, 0, EPOCH, values, 0);
    ImageScore.LogLikelihood score = scorer == null ? null : score(image, name);
    Object[] results = new Object[plan.kinds().size()];
    for (int i = 0; i < results.length; i++) {
      results[i] =
          switch (plan.kinds().get(i)) {
            case LATENT -> vector(code.of(values), Scale.UNIT);
            case LOG_LIKELIHOOD -> isExact(score) ? score.exact() : score.estimate();
            case STANDARD_ERROR -> isExact(score) ? 0 : score.standardError();
            case RELIABLE -> isExact(score) || score.diagnosis().reliable();
            case RECONSTRUCTION -> vector(reconstruction.of(values), plan.scale());
          };
    }
    return results;
  }

  private ImageScore.LogLikelihood score(ImageBlock image, Supplier<String> name) {
    ImageScore score = scorer.score(image, values);
    if (!score.isFinite()) {
      throw new EvaluationException(
          "%s: log p(x) is %s; the model gives this image no probability, or has diverged: train it again with a smaller learningRate"
              .formatted(name.get(), score.logLikelihood().estimate()));
    }
    return score.logLikelihood();
  }

  /** Whether log p(x) has a closed form, which no sampling blurs. */
  private static boolean isExact(ImageScore.LogLikelihood score) {
    return !Double.isNaN(score.exact());
  }

  /** Values as they are on the scale 0..1, on another one. */
  private static Vector vector(float[] of, Scale scale) {
    double[] on = new double[of.length];
    for (int d = 0; d < on.length; d++) {
      on[d] = scale.least() + of[d] * (scale.most() - scale.least());
    }
    return Vectors.dense(on);
  }

  private static long id(byte[] levels) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(levels)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
