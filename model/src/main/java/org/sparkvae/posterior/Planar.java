package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.row;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.LOG;
import static org.sparkvae.tensor.formula.Function.SOFTPLUS;
import static org.sparkvae.tensor.formula.Function.TANH;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Planar flows: a draw of another family, sent through maps that each bend space along one
 * direction (Rezende & Mohamed, 2015, eq. 10 to 13 and appendix A.1).
 *
 * <p>f(z) = z + u' tanh(w . z + b), with u' = u + (softplus(w . u) - 1 - w . u) w / |w|^2, so that
 * w . u' = softplus(w . u) - 1 is above -1 and f has an inverse. log q(f(z)) = log q(z) - log(1 +
 * (1 - tanh^2(w . z + b)) w . u'), nats. u and w, [images, latent], and b, [images, 1], of each map
 * are affine in the encoder's features, by heads of weights [n, latent] and [n, 1]. The bias of w
 * starts above 0: where all features are 0, as those of a black image may be, w would be 0 as well,
 * for which there is no map.
 *
 * <p>The density is known of its own draws alone. There is no closed KL, nor a variance of each
 * dimension. The code that stands for the distribution is the base's mean, sent through the maps;
 * it is not the mean.
 *
 * @param length maps in a row
 * @param base the family whose draws are mapped
 */
public record Planar(
    @Setting(says = "Maps in a row.", otherwise = "10", least = 1) int length,
    @Setting(says = "The family whose draws are mapped.", otherwise = "diagonal-gaussian")
        Posterior base)
    implements Posterior {
  /** Where the bias of w starts. */
  private static final float START_W = 0.1f;

  /** Checks the length. */
  public Planar {
    if (length < 1) {
      throw new IllegalArgumentException("length must be at least 1, but is " + length);
    }
  }

  /** u, w and b of each map, then the base's. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    List<Matrix> ofBase = base.parameters(recorder.at("base"), features, latent);
    List<Matrix> all = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      all.addAll(Bend.parameters(recorder.at(Integer.toString(i)), features, latent));
    }
    all.addAll(ofBase);
    return all;
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return base.misfit(latent).map(misfit -> misfit.in("base"));
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    int ofBends = length * Bend.PARAMETERS;
    List<Mapped.Step> bends = new ArrayList<>();
    for (int from = 0; from < ofBends; from += Bend.PARAMETERS) {
      bends.add(Bend.of(recorder, parameters.subList(from, from + Bend.PARAMETERS)));
    }
    Samplable start =
        base.of(recorder.at("base"), parameters.subList(ofBends, parameters.size()), latent);
    return new Mapped(recorder, start, bends);
  }

  /**
   * One map of each image.
   *
   * @param w [images, latent]
   * @param b [images, 1]
   * @param push u', [images, latent]
   * @param reach softplus(w . u) = 1 + w . u', [images, 1]
   */
  private record Bend(Recorder recorder, Matrix w, Matrix b, Matrix push, Matrix reach)
      implements Mapped.Step {
    private static final Formula.Operand U = value("u");
    private static final Formula.Operand W = value("w");
    private static final Formula.Operand W_U = row("w . u");
    private static final Formula.Operand W_W = row("|w|^2");
    private static final Formula.Operand IMAGE_W = image("w");
    private static final Formula.Operand IMAGE_B = image("b");
    private static final Formula.Operand IMAGE_PUSH = image("u'");
    private static final Formula.Operand IMAGE_REACH = image("1 + w . u'");
    private static final Formula.Operand W_Z = row("w . z");
    private static final Formula.Operand Z = value("z");
    private static final Formula.Operand HEIGHT = row("tanh(w . z + b)");

    /** How many matrices say it: u, w, b. */
    static final int PARAMETERS = 3;

    static List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
      Recorder atW = recorder.at("w");
      Matrix u = recorder.at("u").dense(features, latent, Activation.IDENTITY);
      Matrix w =
          recorder.dense(
              features,
              atW.weight("weight", features.columns(), latent),
              atW.vector("bias", latent, new Start.Constant(START_W)),
              Activation.IDENTITY);
      Matrix b = recorder.at("b").dense(features, 1, Activation.IDENTITY);
      return List.of(u, w, b);
    }

    static Bend of(Recorder recorder, List<Matrix> parameters) {
      Matrix u = parameters.get(0);
      Matrix w = parameters.get(1);
      Matrix b = parameters.get(2);
      Rows wu = recorder.sumOverColumns(W.times(U), Map.of(W, w, U, u));
      Rows ww = recorder.sumOverColumns(W.squared(), Map.of(W, w));
      Formula along = W_U.apply(SOFTPLUS).minus(1).minus(W_U).over(W_W);
      Matrix push = recorder.map(U.plus(along.times(W)), Map.of(U, u, W, w, W_U, wu, W_W, ww));
      Matrix reach = recorder.map(W_U.apply(SOFTPLUS), Map.of(W_U, wu));
      return new Bend(recorder, w, b, push, reach);
    }

    @Override
    public Mapped.Moved of(Matrix z) {
      Rows height = height(z);
      return new Mapped.Moved(map(z, height), logVolume(height));
    }

    /** tanh(w . z + b) per row, of z [samples * images, latent]. */
    private Rows height(Matrix z) {
      Rows wz = recorder.sumOverColumns(IMAGE_W.times(Z), Map.of(IMAGE_W, w, Z, z));
      return recorder.sumOverColumns(W_Z.plus(IMAGE_B).apply(TANH), Map.of(W_Z, wz, IMAGE_B, b));
    }

    /** f(z), [samples * images, latent]. */
    private Matrix map(Matrix z, Rows height) {
      return recorder.map(
          Z.plus(IMAGE_PUSH.times(HEIGHT)), Map.of(Z, z, IMAGE_PUSH, push, HEIGHT, height));
    }

    /** Log of the determinant of f's Jacobian, per row: 1 - h^2 + h^2 is 1. */
    private Rows logVolume(Rows height) {
      Formula still = HEIGHT.squared();
      Formula moved = Formula.number(1).minus(still).times(IMAGE_REACH);
      return recorder.sumOverColumns(
          still.plus(moved).apply(LOG), Map.of(HEIGHT, height, IMAGE_REACH, reach));
    }
  }
}
