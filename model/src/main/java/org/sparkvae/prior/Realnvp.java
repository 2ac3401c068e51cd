package org.sparkvae.prior;

import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.row;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;
import static org.sparkvae.tensor.formula.Function.NEGATE;
import static org.sparkvae.tensor.formula.Function.TANH;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.density.StandardNormalLogDensity;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Standard normal noise, sent through affine coupling layers, each of which moves one half of the
 * dimensions by what the other half says (Dinh et al., "Density estimation using Real NVP", 2017,
 * eq. 4 to 8).
 *
 * <p>Of halves a and b, a layer keeps a, and b' = b exp(s(a)) + t(a), place by place; the next one
 * keeps b. log p(z) = log N(e; 0, I) - sum of all s, nats, where e is what z comes from by the
 * inverse maps, b = (b' - t(a)) exp(-s(a)). Both directions take one pass.
 *
 * <p>s = c tanh(r), as in the paper's section 4.1, where c is the parameter "bound": a free s leads
 * to factors that overflow on codes unlike those of training, while c holds for all codes and moves
 * slowly. r and t are an affine head of a multilayer perceptron of its own for each layer; the
 * weights of the head start at 0, so that all starts as N(0, I).
 *
 * <p>The code that stands for the distribution is the draw of noise 0; it is not the mean.
 *
 * @param length coupling layers in a row
 * @param hidden widths of the hidden layers of each one's network
 * @param activation after each hidden layer
 */
public record Realnvp(
    @Setting(
            says = "Coupling layers in a row; each moves half of the dimensions.",
            otherwise = "6",
            least = 1)
        int length,
    @Setting(
            says = "Widths of the hidden layers of each coupling layer's network.",
            otherwise = "[100]",
            least = 1)
        List<Integer> hidden,
    @Setting(says = "After each hidden layer.", otherwise = "relu", not = "identity")
        Activation activation)
    implements Prior {
  /** Checks the length and the widths. */
  public Realnvp {
    hidden = List.copyOf(hidden);
    if (length < 1) {
      throw new IllegalArgumentException("length must be at least 1, but is " + length);
    }
    if (hidden.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException("hidden widths must be at least 1, but are " + hidden);
    }
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return latent > 1
        ? Optional.empty()
        : Optional.of(
            new Misfit(
                "type",
                "is realnvp, which moves half of the dimensions by the other half, but model.latent"
                    + " is 1; choose another prior, or 2 dimensions or more"));
  }

  @Override
  public Scorable on(Recorder recorder, int latent, Amortised posterior) {
    int second = latent / 2;
    int first = latent - second;
    Mlp body = new Mlp(hidden, activation);
    List<Coupling> couplings = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Recorder at = recorder.at(Integer.toString(i));
      couplings.add(
          i % 2 == 0 ? Coupling.of(at, body, first, second) : Coupling.of(at, body, second, first));
    }
    return new On(recorder, first, second, couplings);
  }

  /**
   * The two halves of values.
   *
   * @param a [rows, first]
   * @param b [rows, second]
   */
  private record Halves(Matrix a, Matrix b) {
    Matrix kept(int layer) {
      return layer % 2 == 0 ? a : b;
    }

    Matrix other(int layer) {
      return layer % 2 == 0 ? b : a;
    }

    /** With the half moved that a layer moves. */
    Halves moved(int layer, Matrix to) {
      return layer % 2 == 0 ? new Halves(a, to) : new Halves(to, b);
    }
  }

  private record On(Recorder recorder, int first, int second, List<Coupling> couplings)
      implements Scorable {
    private static final Formula.Operand A = row("a");
    private static final Formula.Operand B = row("b");

    private Halves halves(Matrix x) {
      return new Halves(recorder.columns(x, 0, first), recorder.columns(x, first, second));
    }

    /** log N(e; 0, I) less the volumes. */
    private Rows logDensity(Halves noise, List<Rows> logVolumes) {
      Formula nats = A.plus(B);
      Map<Formula.Operand, Argument> terms = new HashMap<>();
      terms.put(A, StandardNormalLogDensity.of(recorder, noise.a()));
      terms.put(B, StandardNormalLogDensity.of(recorder, noise.b()));
      for (int i = 0; i < logVolumes.size(); i++) {
        Formula.Operand volume = row("log-volume " + i);
        terms.put(volume, logVolumes.get(i));
        nats = nats.minus(volume);
      }
      return recorder.sumOverColumns(nats, terms);
    }

    /** Where noise is sent; the layers' log-volumes are added to a list. */
    private Matrix forth(Halves noise, List<Rows> logVolumes) {
      Halves x = noise;
      for (int i = 0; i < couplings.size(); i++) {
        Coupling.Say say = couplings.get(i).of(x.kept(i));
        x = x.moved(i, say.forth(x.other(i)));
        logVolumes.add(say.logVolume());
      }
      return recorder.sideBySide(List.of(x.a(), x.b()));
    }

    /** What values come from; the layers' log-volumes are added to a list. */
    private Halves back(Matrix z, List<Rows> logVolumes) {
      Halves x = halves(z);
      for (int i = couplings.size() - 1; i >= 0; i--) {
        Coupling.Say say = couplings.get(i).of(x.kept(i));
        x = x.moved(i, say.back(x.other(i)));
        logVolumes.add(say.logVolume());
      }
      return x;
    }

    @Override
    public Drawn draw() {
      Halves noise = halves(recorder.normal(first + second));
      List<Rows> logVolumes = new ArrayList<>();
      Matrix z = forth(noise, logVolumes);
      return new Drawn(z, logDensity(noise, logVolumes));
    }

    @Override
    public Rows logDensity(Matrix z) {
      List<Rows> logVolumes = new ArrayList<>();
      return logDensity(back(z, logVolumes), logVolumes);
    }

    @Override
    public Optional<Matrix> noiseOf(Matrix draw) {
      Halves noise = back(draw, new ArrayList<>());
      return Optional.of(recorder.sideBySide(List.of(noise.a(), noise.b())));
    }

    @Override
    public Matrix mean() {
      int images = recorder.images();
      Halves zero = new Halves(recorder.constant(images, first), recorder.constant(images, second));
      return forth(zero, new ArrayList<>());
    }
  }

  /**
   * A coupling layer.
   *
   * @param kept dimensions that it keeps
   * @param moved dimensions that it moves
   * @param weight of the head, [features, 2 moved]: r, then t
   */
  private record Coupling(
      Recorder recorder,
      Mlp body,
      int kept,
      int moved,
      Parameter weight,
      Parameter bias,
      Parameter bound) {
    private static final Start ZERO = new Start.Constant(0);
    private static final Formula.Operand R = value("r");
    private static final Formula.Operand SHIFT = value("shift");
    private static final Formula.Operand VALUE = value("value");
    private static final Formula.Operand BOUND = column("bound");
    private static final Formula SCALE = R.apply(TANH).times(BOUND);
    private static final Formula FORTH = SCALE.apply(EXP).times(VALUE).plus(SHIFT);
    private static final Formula BACK = SCALE.apply(NEGATE).apply(EXP).times(VALUE.minus(SHIFT));

    /** Records its parameters. */
    static Coupling of(Recorder recorder, Mlp body, int kept, int moved) {
      Shape in = Shape.vector(kept);
      body.on(recorder, in, recorder.constant(1, kept));
      Recorder head = recorder.at("head");
      return new Coupling(
          recorder,
          body,
          kept,
          moved,
          head.weight("weight", body.out(in).values(), 2 * moved, ZERO),
          head.vector("bias", 2 * moved, ZERO),
          head.vector("bound", moved, new Start.Constant(1)));
    }

    /** What it says of kept values, [rows, kept]. */
    Say of(Matrix x) {
      Matrix features = body.on(recorder, Shape.vector(kept), x);
      return new Say(this, recorder.dense(features, weight, bias, Activation.IDENTITY));
    }

    /**
     * How it moves the other values.
     *
     * @param packed r, then t, [rows, 2 moved]
     */
    private record Say(Coupling by, Matrix packed) {
      private Map<Formula.Operand, Argument> arguments(Matrix x) {
        int n = by.moved();
        return Map.of(
            VALUE, x, R, packed.range(0, n), SHIFT, packed.range(n, n), BOUND, by.bound());
      }

      Matrix forth(Matrix x) {
        return by.recorder().map(FORTH, arguments(x));
      }

      Matrix back(Matrix x) {
        return by.recorder().map(BACK, arguments(x));
      }

      Rows logVolume() {
        return by.recorder()
            .sumOverColumns(SCALE, Map.of(R, packed.range(0, by.moved()), BOUND, by.bound()));
      }
    }
  }
}
