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
  private final Matrix x;
  private final Matrix logits;
  private final Loops loops;
  private final Plain plain;
  private final CategoricalOnDevice onDevice;

  private CategoricalLogLikelihood(Matrix x, Matrix logits, Parameter bias, int levels, Rows out) {
    this.x = x;
    this.logits = logits;
    this.loops = new Loops(x, logits, bias, levels, out);
    this.plain = new Plain(x, logits, bias, levels, out);
    this.onDevice = new CategoricalOnDevice(x, logits, bias, levels, out);
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
    return recorder.then(new CategoricalLogLikelihood(x, logits, bias, levels, out), out);
  }

  /** The number of the level nearest to a value. */
  static int level(float x, int levels) {
    return Math.min(levels - 1, Math.max(0, Math.round(x * (levels - 1))));
  }

  @Override
  public List<Node> inputs() {
    return List.of(x, logits);
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
    private final Matrix x;
    private final Matrix logits;
    private final Parameter bias;
    private final int levels;
    private final Rows out;

    /** Made once: it holds blocks of logits. */
    private VectorCategorical blocks;

    Loops(Matrix x, Matrix logits, Parameter bias, int levels, Rows out) {
      this.x = x;
      this.logits = logits;
      this.bias = bias;
      this.levels = levels;
      this.out = out;
    }

    @Override
    public void forward(Kernels kernels) {
      if (blocks == null) {
        blocks = new VectorCategorical(x.columns(), levels);
      }
      ByteBuffer residual = logits.gradient() == null ? null : bytes(logits.gradient());
      blocks.score(
          bytes(x.value()), bytes(logits.value()), bytes(bias.value()), out.value(), residual);
      HostFloats.keep(x.value(), logits.value(), bias.value(), logits.gradient());
    }

    @Override
    public void backward(Kernels kernels) {
      Residual.scale(kernels, logits, out);
      if (bias.differentiable()) {
        kernels.sumColumns(logits.gradient(), bias.claim(), bias.gradient());
      }
    }
  }

  private static final class Plain implements Computation {
    private final Matrix x;
    private final int levels;
    private final Rows out;
    private final Matrix logits;
    private final Parameter bias;
    private OverLevels sums;

    Plain(Matrix x, Matrix logits, Parameter bias, int levels, Rows out) {
      this.x = x;
      this.logits = logits;
      this.bias = bias;
      this.levels = levels;
      this.out = out;
    }

    @Override
    public void forward(Kernels kernels) {
      if (sums == null) {
        sums =
            new OverLevels(
                logits,
                bias,
                levels,
                OverLevels.LOGIT.times(OverLevels.IS_GIVEN),
                OverLevels.IS_GIVEN.minus(OverLevels.PROBABILITY));
      }
      FloatSource pixels = kernels.source(x.value());
      float[] all = new float[x.rows() * x.columns()];
      pixels.read(0, all, 0, all.length);
      for (int i = 0; i < sums.given.length; i++) {
        sums.given[i] = level(all[i % all.length], levels);
      }
      sums.sum(kernels);
      for (int r = 0; r < out.count(); r++) {
        double nats = 0;
        for (int i = r * x.columns(); i < (r + 1) * x.columns(); i++) {
          nats += sums.sums[i] - sums.largest[i] - Math.log(sums.sumOfPowers[i]);
        }
        out.value()[r] = nats;
      }
    }

    @Override
    public void backward(Kernels kernels) {
      for (int i = 0; i < sums.seeds.length; i++) {
        sums.seeds[i] = out.gradient()[i / x.columns()];
      }
      sums.differentiate(kernels);
    }
  }
}
