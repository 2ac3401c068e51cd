package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.bytes;

import java.nio.ByteBuffer;
import java.util.List;
import org.sparkvae.density.Residual;
import org.sparkvae.host.FloatSource;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The categorical log-likelihood per row from logits of levels: sum_d l_d[k_d] - log sum_k
 * e^l_d[k], where k_d is the level nearest to x_d. No formula says it, as it sums over the levels
 * of each pixel of a row.
 */
public final class CategoricalLogLikelihood implements Operation {
  private final CategoricalScore of;
  private final Loops loops;
  private final Plain plain;
  private final CategoricalOnDevice onDevice;

  private CategoricalLogLikelihood(CategoricalScore of) {
    this.of = of;
    this.loops = new Loops(of);
    this.plain = new Plain(of);
    this.onDevice = new CategoricalOnDevice(of);
  }

  /**
   * Records it, [rows].
   *
   * @param x [images, pixels] in [0, 1]
   * @param logits without the bias, [rows, pixels * levels], levels innermost, as {@link
   *     Recorder#product} gives them
   * @param bias [pixels * levels]
   * @param levels of a pixel, 0, 1 / (levels - 1), ..., 1
   */
  public static Rows of(Recorder recorder, Matrix x, Matrix logits, Parameter bias, int levels) {
    Rows out = recorder.rows(logits.rows());
    CategoricalScore of = new CategoricalScore(x, logits, bias, levels, out);
    return recorder.then(new CategoricalLogLikelihood(of), out);
  }

  /** The number of the level nearest to a value. */
  static int level(float x, int levels) {
    return Math.min(levels - 1, Math.max(0, Math.round(x * (levels - 1))));
  }

  @Override
  public List<Node> inputs() {
    return List.of(of.x(), of.logits());
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void forward(Kernels kernels) {
    fitting(kernels).forward(kernels);
  }

  @Override
  public void backward(Kernels kernels) {
    fitting(kernels).backward(kernels);
  }

  private Computation fitting(Kernels kernels) {
    return kernels.own().isPresent() ? onDevice : kernels.<Computation>fitting(loops, plain);
  }

  /** The forward pass leaves the derivative by the logits, 1 or 0 less p, in their gradient. */
  private static final class Loops implements Computation {
    private final CategoricalScore of;

    /** Made once: it holds blocks of logits. */
    private VectorCategorical blocks;

    Loops(CategoricalScore of) {
      this.of = of;
    }

    @Override
    public void forward(Kernels kernels) {
      if (blocks == null) {
        blocks = new VectorCategorical(of.x().columns(), of.levels());
      }
      ByteBuffer residual = of.logits().gradient() == null ? null : bytes(of.logits().gradient());
      blocks.score(
          bytes(of.x().value()),
          bytes(of.logits().value()),
          bytes(of.bias().value()),
          of.out().value(),
          residual);
      HostFloats.keep(
          of.x().value(), of.logits().value(), of.bias().value(), of.logits().gradient());
    }

    @Override
    public void backward(Kernels kernels) {
      Residual.scale(kernels, of.logits(), of.out());
      if (of.bias().differentiable()) {
        kernels.sumColumns(of.logits().gradient(), of.bias().claim(), of.bias().gradient());
      }
    }
  }

  private static final class Plain implements Computation {
    private final CategoricalScore of;
    private OverLevels sums;

    Plain(CategoricalScore of) {
      this.of = of;
    }

    @Override
    public void forward(Kernels kernels) {
      if (sums == null) {
        sums =
            new OverLevels(
                of.logits(),
                of.bias(),
                of.levels(),
                OverLevels.LOGIT.times(OverLevels.IS_GIVEN),
                OverLevels.IS_GIVEN.minus(OverLevels.PROBABILITY));
      }
      FloatSource pixels = kernels.source(of.x().value());
      float[] all = new float[of.x().rows() * of.x().columns()];
      pixels.read(0, all, 0, all.length);
      for (int i = 0; i < sums.given.length; i++) {
        sums.given[i] = level(all[i % all.length], of.levels());
      }
      sums.sum(kernels);
      for (int r = 0; r < of.out().count(); r++) {
        double nats = 0;
        for (int i = r * of.x().columns(); i < (r + 1) * of.x().columns(); i++) {
          nats += sums.sums[i] - sums.largest[i] - Math.log(sums.sumOfPowers[i]);
        }
        of.out().value()[r] = nats;
      }
    }

    @Override
    public void backward(Kernels kernels) {
      for (int i = 0; i < sums.seeds.length; i++) {
        sums.seeds[i] = of.out().gradient()[i / of.x().columns()];
      }
      sums.differentiate(kernels);
    }
  }
}
