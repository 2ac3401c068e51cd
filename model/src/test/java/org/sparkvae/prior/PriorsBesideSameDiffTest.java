package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Log-densities against SameDiff, an independent automatic differentiation: their values, and the
 * derivatives of a weighted sum by all parameters.
 */
class PriorsBesideSameDiffTest {
  private static final int LATENT = 3;
  private static final int ROWS = 5;
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  static Stream<Prior> kinds() {
    return Stream.of(
        new Mixture(4),
        new Autoregressive(List.of(5, 4), Activation.TANH),
        new Realnvp(3, List.of(4), Activation.TANH));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void agree(Prior kind) {
    Recorder recorder = new Recorder(ROWS, 1);
    Matrix z = recorder.constant(ROWS, LATENT);
    Rows density =
        kind.on(
                recorder,
                LATENT,
                new Amortised(
                    1,
                    x -> {
                      throw new AssertionError("asks for a posterior");
                    }))
            .logDensity(z);
    ParameterLayout layout = recorder.layout();
    Random random = new Random(2);
    INDArray parameters = Nd4j.zeros(DataType.DOUBLE, layout.length());
    for (long i = 0; i < parameters.length(); i++) {
      parameters.putScalar(i, 0.6 * random.nextGaussian());
    }
    INDArray gradient = parameters.like();
    Program program = new Program(recorder, layout, parameters, gradient, List.of(density));
    for (long i = 0; i < z.value().length(); i++) {
      z.value().putScalar(i, random.nextGaussian());
    }
    program.forward();
    INDArray weights = Nd4j.zeros(DataType.DOUBLE, ROWS, 1);
    for (int r = 0; r < ROWS; r++) {
      weights.putScalar(r, 1 + 0.2 * r);
      density.gradient()[r] = 1 + 0.2 * r;
    }
    program.backward();

    Graph graph = new Graph(layout, parameters, z.value());
    SDVariable expected = graph.of(kind);
    expected.mul(graph.sd.constant("weights", weights)).sum().markAsLoss();
    assertThat(density.value())
        .containsExactly(expected.eval().dup('c').data().asDouble(), within(1e-10));
    Map<String, INDArray> gradients =
        graph.sd.calculateGradients(Map.of(), graph.blocks.keySet().toArray(new String[0]));
    for (ParameterLayout.Block block : layout.blocks()) {
      double[] theirs = gradients.get(block.name()).dup('c').data().asDouble();
      assertThat(Graph.slice(gradient, block).toDoubleVector())
          .as(block.name())
          .containsExactly(theirs, within(1e-8));
    }
  }

  /** The kinds in SameDiff; by products, as its gradients of broadcasts are not to be relied on. */
  private static final class Graph {
    final SameDiff sd = SameDiff.create();
    final Map<String, SDVariable> blocks = new LinkedHashMap<>();
    final SDVariable z;

    Graph(ParameterLayout layout, INDArray parameters, INDArray values) {
      for (ParameterLayout.Block block : layout.blocks()) {
        INDArray value = slice(parameters, block).dup();
        blocks.put(
            block.name(),
            sd.var(block.name(), value.reshape('c', new long[] {block.rows(), block.columns()})));
      }
      z = sd.constant("z", values.dup());
    }

    static INDArray slice(INDArray flat, ParameterLayout.Block block) {
      return flat.get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()));
    }

    SDVariable of(Prior kind) {
      if (kind instanceof Mixture mixture) {
        return mixture(mixture.components());
      }
      return kind instanceof Realnvp realnvp
          ? realnvp(realnvp.length())
          : autoregressive((Autoregressive) kind);
    }

    private SDVariable mixture(int components) {
      SDVariable logits = blocks.get("logits");
      SDVariable[] terms = new SDVariable[components];
      for (int k = 0; k < components; k++) {
        SDVariable mean = sd.slice(blocks.get("means"), new int[] {k, 0}, 1, LATENT);
        SDVariable s = sd.slice(blocks.get("log-variances"), new int[] {k, 0}, 1, LATENT);
        SDVariable logit = sd.slice(logits, new int[] {0, k}, 1, 1);
        terms[k] = sd.math.exp(gaussian(z, repeated(mean), repeated(s)).add(repeated(logit)));
      }
      SDVariable sum = sd.concat(1, terms).mmul(ones(components, 1));
      SDVariable all = sd.math.exp(logits).mmul(ones(components, 1));
      return sd.math.log(sum).sub(repeated(sd.math.log(all)));
    }

    private SDVariable autoregressive(Autoregressive kind) {
      int[] before = {1, 2, 3};
      SDVariable h = z;
      for (int l = 0; l < kind.hidden().size(); l++) {
        int[] degrees = new int[kind.hidden().get(l)];
        for (int j = 0; j < degrees.length; j++) {
          degrees[j] = j * LATENT / degrees.length;
        }
        h = sd.math.tanh(masked(Integer.toString(l), h, before, degrees));
        before = degrees;
      }
      int[] below = {0, 1, 2};
      return gaussian(
          z, masked("mean", h, before, below), masked("log-variance", h, before, below));
    }

    private SDVariable masked(String name, SDVariable x, int[] from, int[] to) {
      INDArray mask = Nd4j.zeros(DataType.DOUBLE, from.length, to.length);
      for (int i = 0; i < from.length; i++) {
        for (int j = 0; j < to.length; j++) {
          mask.putScalar(i, j, from[i] <= to[j] ? 1 : 0);
        }
      }
      SDVariable weight = blocks.get(name + ".weight").mul(sd.constant(name + ".mask", mask));
      return x.mmul(weight).add(repeated(blocks.get(name + ".bias")));
    }

    private SDVariable realnvp(int length) {
      SDVariable[] halves = {sd.slice(z, new int[] {0, 0}, ROWS, 2), columns(z, 2, 1)};
      SDVariable volume = sd.constant(Nd4j.zeros(DataType.DOUBLE, ROWS, 1));
      for (int i = length - 1; i >= 0; i--) {
        SDVariable kept = halves[i % 2];
        int n = i % 2 == 0 ? 1 : 2;
        SDVariable h = sd.math.tanh(affine(i + ".0", kept));
        SDVariable head = affine(i + ".head", h);
        SDVariable scale =
            sd.math.tanh(columns(head, 0, n)).mul(repeated(blocks.get(i + ".head.bound")));
        SDVariable moved = halves[1 - i % 2].sub(columns(head, n, n));
        halves[1 - i % 2] = moved.mul(sd.math.exp(scale.neg()));
        volume = volume.add(scale.mmul(ones(n, 1)));
      }
      SDVariable e = sd.concat(1, halves);
      return e.mul(e).add(LOG_2PI).mul(-0.5).mmul(ones(LATENT, 1)).sub(volume);
    }

    private SDVariable affine(String name, SDVariable x) {
      return x.mmul(blocks.get(name + ".weight")).add(repeated(blocks.get(name + ".bias")));
    }

    private SDVariable gaussian(SDVariable x, SDVariable mean, SDVariable s) {
      SDVariable error = x.sub(mean);
      SDVariable square = error.mul(error).mul(sd.math.exp(s.neg()));
      return square.add(s).add(LOG_2PI).mul(-0.5).mmul(ones(LATENT, 1));
    }

    private SDVariable repeated(SDVariable row) {
      return ones(ROWS, 1).mmul(row);
    }

    private SDVariable columns(SDVariable x, int from, int count) {
      return sd.slice(x, new int[] {0, from}, ROWS, count);
    }

    private SDVariable ones(int rows, int columns) {
      return sd.constant(Nd4j.ones(DataType.DOUBLE, rows, columns));
    }
  }
}
