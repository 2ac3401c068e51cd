package org.sparkvae.posterior;

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
import org.sparkvae.distribution.Drawn;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Draws and their log-densities against SameDiff, an independent automatic differentiation: their
 * values, and the derivatives by weights of the heads of a weighted sum of both.
 */
class PosteriorsBesideSameDiffTest {
  private static final int LATENT = 3;
  private static final int IMAGES = 2;
  private static final int SAMPLES = 3;
  private static final int ROWS = IMAGES * SAMPLES;
  private static final int FEATURES = 4;
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /** What SameDiff makes of a kind: z, [rows, latent], and log q, [rows, 1]. */
  private record Pair(SDVariable z, SDVariable logDensity) {}

  static Stream<Posterior> kinds() {
    return Stream.of(
        new Iaf(1, List.of(5), Activation.TANH, new DiagonalGaussian()),
        new Iaf(2, List.of(5, 4), Activation.ELU, new DiagonalGaussian()),
        new Planar(2, new DiagonalGaussian()),
        new Householder(2, new DiagonalGaussian()),
        new Chain());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void agree(Posterior kind) {
    Recorder recorder = new Recorder(IMAGES, SAMPLES);
    Matrix features = recorder.constant(IMAGES, FEATURES);
    Drawn drawn = kind.given(recorder, features, LATENT).draw();
    Formula.Operand value = Formula.value("z");
    Rows squares = recorder.sumOverColumns(value.squared(), Map.of(value, drawn.value()));
    ParameterLayout layout = recorder.layout();
    INDArray weights = Nd4j.zeros(DataType.DOUBLE, layout.length());
    Random random = new Random(2);
    for (long i = 0; i < weights.length(); i++) {
      weights.putScalar(i, 0.6 * random.nextGaussian());
    }
    INDArray gradient = weights.like();
    Program program =
        new Program(
            recorder,
            layout,
            weights,
            gradient,
            List.of(drawn.value(), drawn.logDensity(), squares));
    for (int i = 0; i < IMAGES * FEATURES; i++) {
      features.value().putScalar(i, random.nextGaussian());
    }
    for (int image = 0; image < IMAGES; image++) {
      program.noise().draw(ModelCases.key(4, image), image);
    }
    program.noise().send();
    program.forward();
    for (int r = 0; r < ROWS; r++) {
      drawn.logDensity().gradient()[r] = weight(r);
      squares.gradient()[r] = 0.3 - weight(r);
    }
    program.backward();

    Graph graph = new Graph(layout, weights, features.value());
    Pair pair = graph.of(kind);
    INDArray rowWeights = Nd4j.zeros(DataType.DOUBLE, ROWS, 1);
    for (int r = 0; r < ROWS; r++) {
      rowWeights.putScalar(r, weight(r));
    }
    SDVariable rows = graph.sd.constant("row weights", rowWeights);
    SDVariable ofSquares = graph.rowSums(pair.z().mul(pair.z())).mul(rows.neg().add(0.3));
    SDVariable loss = pair.logDensity().mul(rows).add(ofSquares).sum();
    loss.markAsLoss();
    assertThat(drawn.value().value().dup().data().asDouble())
        .containsExactly(pair.z().eval().dup('c').data().asDouble(), within(1e-10));
    assertThat(drawn.logDensity().value())
        .containsExactly(pair.logDensity().eval().dup('c').data().asDouble(), within(1e-10));
    Map<String, INDArray> expected =
        graph.sd.calculateGradients(Map.of(), graph.blocks.keySet().toArray(new String[0]));
    for (ParameterLayout.Block block : layout.blocks()) {
      double[] ours = Graph.slice(gradient, block).toDoubleVector();
      double[] theirs = expected.get(block.name()).dup('c').data().asDouble();
      assertThat(ours).as(block.name()).containsExactly(theirs, within(1e-8));
    }
  }

  private static double weight(int row) {
    return 1 + 0.2 * row;
  }

  /** The kinds in SameDiff. */
  private static final class Graph {
    final SameDiff sd = SameDiff.create();
    final Map<String, SDVariable> blocks = new LinkedHashMap<>();
    final SDVariable features;
    final SDVariable noise;

    Graph(ParameterLayout layout, INDArray weights, INDArray ofImages) {
      for (ParameterLayout.Block block : layout.blocks()) {
        INDArray value =
            slice(weights, block).dup().reshape('c', new long[] {block.rows(), block.columns()});
        blocks.put(block.name(), sd.var(block.name(), value));
      }
      features = sd.constant("features", Nd4j.concat(0, ofImages, ofImages, ofImages));
      float[] drawn = new float[ROWS * LATENT];
      for (int image = 0; image < IMAGES; image++) {
        Noise.normal(
            Noise.stream(ModelCases.key(4, image), 0),
            0,
            SAMPLES,
            drawn,
            image * LATENT,
            IMAGES * LATENT,
            LATENT);
      }
      noise =
          sd.constant(
              "noise",
              Nd4j.createFromArray(drawn)
                  .castTo(DataType.DOUBLE)
                  .reshape('c', new long[] {ROWS, LATENT}));
    }

    static INDArray slice(INDArray flat, ParameterLayout.Block block) {
      return flat.get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()));
    }

    Pair of(Posterior kind) {
      if (kind instanceof Iaf iaf) {
        return iaf(iaf);
      }
      if (kind instanceof Householder householder) {
        return householder(householder);
      }
      return kind instanceof Planar planar ? planar(planar) : chain();
    }

    private Pair gaussian() {
      SDVariable packed = affine("base", features);
      SDVariable deviation = sd.math.exp(columns(packed, LATENT, LATENT).mul(0.5));
      return new Pair(columns(packed, 0, LATENT).add(deviation.mul(noise)), logDensity(packed));
    }

    private SDVariable logDensity(SDVariable packed) {
      SDVariable s = columns(packed, LATENT, LATENT);
      return rowSums(noise.mul(noise).add(s).add(LOG_2PI).mul(-0.5));
    }

    private Pair chain() {
      SDVariable packed = affine("", features);
      SDVariable links = affine("link", features);
      SDVariable[] offsets = new SDVariable[LATENT];
      for (int i = LATENT - 1; i >= 0; i--) {
        SDVariable deviation = sd.math.exp(columns(packed, LATENT + i, 1).mul(0.5));
        SDVariable rest = columns(noise, i, 1);
        if (i + 1 < LATENT) {
          rest = rest.sub(columns(links, i, 1).mul(offsets[i + 1]));
        }
        offsets[i] = deviation.mul(rest);
      }
      SDVariable offset = sd.concat(1, offsets);
      return new Pair(columns(packed, 0, LATENT).add(offset), logDensity(packed));
    }

    private Pair householder(Householder kind) {
      Pair pair = gaussian();
      SDVariable z = pair.z();
      SDVariable v = features;
      for (int i = 0; i < kind.length(); i++) {
        v = affine(Integer.toString(i), v);
        SDVariable along = rowSums(v.mul(z)).div(rowSums(v.mul(v))).mul(2);
        z = z.sub(v.mul(wide(along)));
      }
      return new Pair(z, pair.logDensity());
    }

    private Pair planar(Planar kind) {
      Pair pair = gaussian();
      for (int i = 0; i < kind.length(); i++) {
        SDVariable u = affine(i + ".u", features);
        SDVariable w = affine(i + ".w", features);
        SDVariable b = affine(i + ".b", features);
        SDVariable wu = rowSums(w.mul(u));
        SDVariable along = sd.nn.softplus(wu).sub(1).sub(wu).div(rowSums(w.mul(w)));
        SDVariable push = u.add(w.mul(wide(along)));
        SDVariable height = sd.math.tanh(rowSums(w.mul(pair.z())).add(b));
        SDVariable reach = rowSums(w.mul(push));
        SDVariable volume = sd.math.log(height.mul(height).neg().add(1).mul(reach).add(1));
        pair = new Pair(pair.z().add(push.mul(wide(height))), pair.logDensity().sub(volume));
      }
      return pair;
    }

    private Pair iaf(Iaf kind) {
      Pair pair = gaussian();
      for (int i = 0; i < kind.length(); i++) {
        // The masks again, by the places of the paper's section 3: 1 to n for inputs.
        int[] places = new int[LATENT];
        int[] below = new int[LATENT];
        for (int d = 0; d < LATENT; d++) {
          places[d] = i % 2 == 0 ? d + 1 : LATENT - d;
          below[d] = places[d] - 1;
        }
        int[] before = places;
        SDVariable h = pair.z();
        List<Integer> widths = kind.hidden();
        for (int l = 0; l < widths.size(); l++) {
          int[] degrees = new int[widths.get(l)];
          for (int j = 0; j < degrees.length; j++) {
            degrees[j] = j * LATENT / degrees.length;
          }
          String name = i + "." + l;
          SDVariable a = h.mmul(blocks.get(name + ".weight").mul(mask(name, before, degrees)));
          a = l == 0 ? a.add(affine(i + ".context", features)) : a.add(bias(name));
          h = kind.activation() == Activation.ELU ? sd.nn.elu(a) : sd.math.tanh(a);
          before = degrees;
        }
        SDVariable shift = output(i + ".shift", h, before, below);
        SDVariable gate = output(i + ".gate", h, before, below);
        SDVariable s = sd.nn.sigmoid(gate);
        SDVariable z = s.mul(pair.z()).add(s.neg().add(1).mul(shift));
        pair = new Pair(z, pair.logDensity().sub(rowSums(sd.math.log(s))));
      }
      return pair;
    }

    private SDVariable output(String name, SDVariable h, int[] before, int[] below) {
      return h.mmul(blocks.get(name + ".weight").mul(mask(name, before, below))).add(bias(name));
    }

    private SDVariable mask(String name, int[] from, int[] to) {
      INDArray mask = Nd4j.zeros(DataType.DOUBLE, from.length, to.length);
      for (int i = 0; i < from.length; i++) {
        for (int j = 0; j < to.length; j++) {
          mask.putScalar(i, j, from[i] <= to[j] ? 1 : 0);
        }
      }
      return sd.constant(name + ".mask", mask);
    }

    /** By products: SameDiff's gradients of broadcasts are not to be relied on. */
    private SDVariable bias(String name) {
      return ones(ROWS, 1).mmul(blocks.get(below(name, "bias")));
    }

    private static String below(String name, String block) {
      return name.isEmpty() ? block : name + "." + block;
    }

    private SDVariable affine(String name, SDVariable in) {
      return in.mmul(blocks.get(below(name, "weight"))).add(bias(name));
    }

    private SDVariable wide(SDVariable column) {
      return column.mmul(ones(1, LATENT));
    }

    SDVariable rowSums(SDVariable x) {
      return x.mmul(ones(LATENT, 1));
    }

    private SDVariable ones(int rows, int columns) {
      return sd.constant(Nd4j.ones(DataType.DOUBLE, rows, columns));
    }

    private SDVariable columns(SDVariable packed, int from, int count) {
      return sd.slice(packed, new int[] {0, from}, ROWS, count);
    }
  }
}
