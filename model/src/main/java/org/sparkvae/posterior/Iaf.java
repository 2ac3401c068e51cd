package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.NEGATE;
import static org.sparkvae.tensor.formula.Function.SIGMOID;
import static org.sparkvae.tensor.formula.Function.SOFTPLUS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Made;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Inverse autoregressive flows: a draw of another family, sent through maps of which each moves a
 * dimension by what stands before it (Kingma et al., 2016, algorithm 1).
 *
 * <p>z' = s z + (1 - s) m, s = sigmoid(g), place by place, where m_i and g_i are outputs of a
 * {@link Made} of z_1 to z_(i - 1) and of a context of the image; every other map takes the
 * dimensions in the reverse order. log q(z'|x) = log q(z|x) - sum_i log s_i, nats. The context of a
 * map, [images, first width], is affine in the encoder's features, by the head i.context. The bias
 * of g starts at 2, which keeps nearly all of z, as that of a forget gate.
 *
 * <p>The density is known of its own draws alone. There is no closed KL, nor a variance of each
 * dimension. The code that stands for the distribution is the base's mean, sent through the maps;
 * it is not the mean.
 *
 * @param length maps in a row
 * @param hidden widths of the hidden layers of each map's network
 * @param activation after each hidden layer
 * @param base the family whose draws are mapped
 */
public record Iaf(
    @Setting(says = "Maps in a row.", otherwise = "2", least = 1) int length,
    @Setting(
            says = "Widths of the hidden layers of each map's masked network, one at least.",
            otherwise = "[320]",
            least = 1)
        List<Integer> hidden,
    @Setting(says = "After each hidden layer.", otherwise = "elu", not = "identity")
        Activation activation,
    @Setting(says = "The family whose draws are mapped.", otherwise = "diagonal-gaussian")
        Posterior base)
    implements Posterior {
  private static final List<Made.Output> OUTPUTS =
      List.of(new Made.Output("shift", 0), new Made.Output("gate", 2));

  /** Checks the length and the widths. */
  public Iaf {
    hidden = List.copyOf(hidden);
    if (length < 1) {
      throw new IllegalArgumentException("length must be at least 1, but is " + length);
    }
    if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "hidden needs one width or more, each at least 1, but is " + hidden);
    }
  }

  /** The context of each map, then the base's. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    List<Matrix> ofBase = base.parameters(recorder.at("base"), features, latent);
    List<Matrix> all = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Recorder context = recorder.at(Integer.toString(i)).at("context");
      all.add(context.dense(features, hidden.get(0), Activation.IDENTITY));
    }
    all.addAll(ofBase);
    return all;
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return base.misfitAsBase(latent).map(misfit -> misfit.in("base"));
  }

  /** The contexts, and what is movable of the base. */
  @Override
  public List<Matrix> movable(List<Matrix> parameters) {
    List<Matrix> movable = new ArrayList<>(parameters.subList(0, length));
    movable.addAll(base.movable(parameters.subList(length, parameters.size())));
    return movable;
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    Samplable start =
        base.of(recorder.at("base"), parameters.subList(length, parameters.size()), latent);
    List<Mapped.Step> maps = new ArrayList<>();
    Made.Order order = Made.Order.FORWARD;
    for (int i = 0; i < length; i++) {
      Recorder at = recorder.at(Integer.toString(i));
      Matrix context = parameters.get(i);
      maps.add(new Gated(at, new Made(at, latent, hidden, activation, order, context, OUTPUTS)));
      order = order.reversed();
    }
    return new Mapped(recorder, start, maps);
  }

  /** One map of each image. */
  private record Gated(Recorder recorder, Made network) implements Mapped.Step {
    private static final Formula.Operand Z = value("z");
    private static final Formula.Operand SHIFT = value("m");
    private static final Formula.Operand GATE = value("g");
    private static final Formula MOVED = SHIFT.plus(GATE.apply(SIGMOID).times(Z.minus(SHIFT)));
    private static final Formula LOG_GATE = GATE.apply(NEGATE).apply(SOFTPLUS).apply(NEGATE);

    @Override
    public Mapped.Moved of(Matrix z) {
      List<Matrix> outputs = network.of(z);
      Matrix shift = outputs.get(0);
      Matrix gate = outputs.get(1);
      Matrix moved = recorder.map(MOVED, Map.of(Z, z, SHIFT, shift, GATE, gate));
      Rows logVolume = recorder.sumOverColumns(LOG_GATE, Map.of(GATE, gate));
      return new Mapped.Moved(moved, logVolume);
    }
  }
}
