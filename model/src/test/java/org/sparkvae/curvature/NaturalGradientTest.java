package org.sparkvae.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Elbo;
import org.sparkvae.codec.Codec;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.linear.Factor;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.optimiser.NaturalGradient;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.prior.Bernoulli.Means;
import org.sparkvae.step.Inputs;
import org.sparkvae.step.StepSettings;
import org.sparkvae.task.Maximise;
import org.sparkvae.task.Turns;
import org.sparkvae.task.Unrestrained;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.device.DeviceKernels;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** The information of dense layers, and steps along natural gradients. */
class NaturalGradientTest {
  private static final int PIXELS = 5;
  private static final int LATENT = 2;
  private static final int IMAGES = 60;
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);

  /** Of the factors of this minibatch, inverted as they are. */
  private static final NaturalGradient PLAIN = new NaturalGradient(0, 0, 0, 0, 1, 1);

  private static final NaturalGradient DAMPED = new NaturalGradient(0.5, 0.1, 0.01, 0.5, 1, 1);

  private static final ObjectiveSpec OBJECTIVE =
      new ObjectiveSpec(new Elbo(1, Elbo.Kl.ANALYTIC), IMAGES, 0);

  private static ImageModel model(Mlp encoder, Mlp decoder, Likelihood likelihood) {
    return new ImageModel(Shape.vector(PIXELS), new Vae(LATENT, encoder, decoder, likelihood));
  }

  private static INDArray parameters(ImageModel model, long seed) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(model.parameters())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return Nd4j.createFromArray(values);
  }

  private static void fill(Inputs inputs, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < inputs.images().length; i++) {
      inputs.images()[i] = random.nextInt(2);
    }
    for (int image = 0; image < inputs.images().length / PIXELS; image++) {
      inputs.noise().draw(Noise.key(seed, Noise.Purpose.TRAINING, 0, image), image);
    }
  }

  private static Scores computed(ImageModel model, INDArray parameters, int images, long seed) {
    Scores scores = new Scores(model, images, parameters);
    fill(scores, seed);
    scores.compute();
    return scores;
  }

  private static Scores.Layer layer(Scores scores, String weight) {
    return scores.layers().stream()
        .filter(layer -> layer.affine().weight().equals(weight))
        .findFirst()
        .orElseThrow();
  }

  /** Over all images, of one code: E[s s^T], s the score of the head's weight and bias. */
  @Test
  void theFactorsOfABernoulliHeadAreItsEnumeratedInformation() {
    ImageModel model = model(NONE, NONE, new Bernoulli());
    INDArray parameters = parameters(model, 1);
    Scores.Layer head = layer(computed(model, parameters, 1, 2), "likelihood.weight");
    double[] a = {
      head.affine().x().value().getDouble(0), head.affine().x().value().getDouble(1), 1
    };
    float[][] code = {{(float) a[0], (float) a[1]}};
    float[] p = new Codec(model, parameters).decode(code)[0];
    double[][] information = new double[3 * PIXELS][3 * PIXELS];
    for (int x = 0; x < 1 << PIXELS; x++) {
      double probability = 1;
      double[] score = new double[3 * PIXELS];
      for (int d = 0; d < PIXELS; d++) {
        int bit = x >> d & 1;
        probability *= bit == 1 ? p[d] : 1 - p[d];
        for (int i = 0; i < 3; i++) {
          score[i * PIXELS + d] = a[i] * (bit - p[d]);
        }
      }
      for (int i = 0; i < score.length; i++) {
        for (int j = 0; j < score.length; j++) {
          information[i][j] += probability * score[i] * score[j];
        }
      }
    }
    INDArray g = head.information().orElseThrow().value();
    for (int i = 0; i < information.length; i++) {
      double[] row = new double[information.length];
      for (int j = 0; j < row.length; j++) {
        boolean same = i % PIXELS == j % PIXELS;
        row[j] = same ? a[i / PIXELS] * a[j / PIXELS] * g.getDouble(i % PIXELS) : 0;
      }
      assertThat(information[i]).containsExactly(row, within(1e-5));
    }
  }

  /** sum_z q(z|x) (d log q(z|x) / d l_j)^2, over all codes. */
  @Test
  void theInformationOfBitsIsTheirScoresEnumerated() {
    Vae vae =
        new Vae(
            LATENT,
            NONE,
            new org.sparkvae.posterior.Bernoulli(),
            new org.sparkvae.prior.Bernoulli(Means.HALF),
            NONE,
            new Bernoulli(),
            new Initialisation.Glorot());
    ImageModel model = new ImageModel(Shape.vector(PIXELS), vae);
    assertThat(Scores.misfit(vae)).isEmpty();
    Scores.Layer head = layer(computed(model, parameters(model, 1), 1, 2), "posterior.weight");
    double[] logits = head.affine().y().value().toDoubleVector();
    assertThat(logits).hasSize(LATENT);
    double[] expected = new double[LATENT];
    for (int z = 0; z < 1 << LATENT; z++) {
      double probability = 1;
      double[] score = new double[LATENT];
      for (int d = 0; d < LATENT; d++) {
        double mean = 1 / (1 + Math.exp(-logits[d]));
        int bit = z >> d & 1;
        probability *= bit == 1 ? mean : 1 - mean;
        score[d] = bit - mean;
      }
      for (int d = 0; d < LATENT; d++) {
        expected[d] += probability * score[d] * score[d];
      }
    }
    assertThat(head.information().orElseThrow().value().toDoubleVector())
        .containsExactly(expected, within(1e-6));
  }

  /** KL(q || q') is half of the square of a small step, by the information. */
  @Test
  void theInformationOfAGaussianIsTheCurvatureOfItsKl() {
    ImageModel model = model(NONE, NONE, new Bernoulli());
    Scores.Layer head = layer(computed(model, parameters(model, 1), 1, 2), "posterior.weight");
    double[] q = head.affine().y().value().toDoubleVector();
    double h = 1e-3;
    for (int j = 0; j < 2 * LATENT; j++) {
      double[] moved = q.clone();
      moved[j] += h;
      double[] back = q.clone();
      back[j] -= h;
      assertThat((kl(q, moved) + kl(q, back)) / (h * h))
          .isCloseTo(head.information().orElseThrow().value().getDouble(j), within(1e-3));
    }
  }

  private static double kl(double[] q, double[] p) {
    double kl = 0;
    for (int d = 0; d < LATENT; d++) {
      double difference = p[d] - q[d];
      double ratio = q[LATENT + d] - p[LATENT + d];
      kl +=
          0.5 * (Math.exp(ratio) + difference * difference * Math.exp(-p[LATENT + d]) - 1 - ratio);
    }
    return kl;
  }

  /** E[h h^T] = J^T I J, J the derivative of the head by the hidden layer's sums. */
  @Test
  void theScoresOfAHiddenLayerHaveItsInformationAsTheirSecondMoments() {
    ImageModel model = model(new Mlp(List.of(2), Activation.TANH), NONE, new Bernoulli());
    INDArray parameters = parameters(model, 3);
    int images = 20_000;
    Scores scores = new Scores(model, images, parameters);
    fill(scores, 4);
    // The same image throughout.
    Arrays.fill(scores.images(), 1);
    scores.compute();
    Scores.Layer hidden = layer(scores, "encoder.0.weight");
    Scores.Layer head = layer(scores, "posterior.weight");
    assertThat(hidden.information()).isEmpty();
    INDArray information = head.information().orElseThrow().value();
    double[] t = {head.affine().x().value().getDouble(0), head.affine().x().value().getDouble(1)};
    long weight = model.layout().block("posterior.weight").offset();
    double[][] expected = new double[2][2];
    for (int k = 0; k < 2; k++) {
      for (int m = 0; m < 2; m++) {
        for (int j = 0; j < 2 * LATENT; j++) {
          expected[k][m] +=
              information.getDouble(0, j)
                  * parameters.getDouble(weight + 2L * LATENT * k + j)
                  * parameters.getDouble(weight + 2L * LATENT * m + j)
                  * (1 - t[k] * t[k])
                  * (1 - t[m] * t[m]);
        }
      }
    }
    INDArray h = hidden.affine().y().gradient();
    INDArray moments = h.transpose().mmul(h).div(images);
    for (int k = 0; k < 2; k++) {
      for (int m = 0; m < 2; m++) {
        assertThat(moments.getDouble(k, m))
            .isCloseTo(expected[k][m], within(0.04 * Math.abs(expected[k][k])));
      }
    }
  }

  private static INDArray block(ImageModel model, INDArray parameters, String name) {
    ParameterLayout.Block block = model.layout().block(name);
    return FlatVector.part(parameters, block.offset(), block.offset() + block.length());
  }

  /** One full step at the rate 1 of all images as one minibatch. */
  private static INDArray stepped(ImageModel model, INDArray start) {
    return stepped(model, start, PLAIN);
  }

  private static INDArray stepped(ImageModel model, INDArray start, NaturalGradient how) {
    INDArray parameters = start.dup();
    INDArray gradient = parameters.like();
    long length = Steps.stateLength(how, parameters.length()) + Factors.length(how, model);
    INDArray state = Nd4j.create(DataType.FLOAT, length);
    Factors factors = new Factors(model, how, IMAGES, gradient, state);
    factors.add(computed(model, parameters, IMAGES, 6));
    Maximise task = new Maximise(model, OBJECTIVE);
    Turns turns =
        new Turns(
            task,
            how,
            IMAGES,
            new Unrestrained(),
            parameters,
            gradient,
            state,
            factors::precondition);
    turns.take(
        task.players(IMAGES, parameters, gradient),
        new StepSettings(1, 1),
        1,
        (player, turn) -> fill(player, 6));
    return parameters;
  }

  /** What the images' codes tell linearly of the images, whatever the decoder was before. */
  @Test
  void aStepOfALinearGaussianDecoderIsLeastSquares() {
    ImageModel model = model(NONE, NONE, new Gaussian(Gaussian.Variance.SHARED, 1e-3));
    INDArray start = parameters(model, 5);
    Scores scores = computed(model, start, IMAGES, 6);
    INDArray z = layer(scores, "likelihood.weight").affine().x().value();
    double[][] products = new double[LATENT + 1][LATENT + 1];
    double[][] targets = new double[LATENT + 1][PIXELS];
    for (int image = 0; image < IMAGES; image++) {
      double[] a = {z.getDouble(image, 0), z.getDouble(image, 1), 1};
      for (int i = 0; i <= LATENT; i++) {
        for (int j = 0; j <= LATENT; j++) {
          products[i][j] += a[i] * a[j];
        }
        for (int d = 0; d < PIXELS; d++) {
          targets[i][d] += a[i] * scores.images()[image * PIXELS + d];
        }
      }
    }
    double[][] inverse = Factor.of(products).inverse();

    INDArray end = stepped(model, start);

    ParameterLayout.Block weight = model.layout().block("likelihood.weight");
    for (int i = 0; i <= LATENT; i++) {
      for (int d = 0; d < PIXELS; d++) {
        double solution = 0;
        for (int j = 0; j <= LATENT; j++) {
          solution += inverse[i][j] * targets[j][d];
        }
        assertThat(end.getDouble(weight.offset() + (long) i * PIXELS + d))
            .isCloseTo(solution, within(2e-4));
      }
    }
  }

  /** Hidden units h become h B, and the weights after them B^-1 times themselves. */
  @Test
  void withoutDampingAStepDoesNotDependOnTheParameterisation() {
    Mlp linear = new Mlp(List.of(LATENT), Activation.IDENTITY);
    ImageModel model = model(NONE, linear, new Bernoulli());
    INDArray start = parameters(model, 7);
    double[][] b = {{2, 0.5}, {-1, 0.8}};
    double determinant = b[0][0] * b[1][1] - b[0][1] * b[1][0];
    double[][] inverse = {
      {b[1][1] / determinant, -b[0][1] / determinant},
      {-b[1][0] / determinant, b[0][0] / determinant}
    };
    INDArray other = start.dup();
    long first = model.layout().block("decoder.0.weight").offset();
    // Two rows of the weight and the bias, from the right.
    for (int row = 0; row < 3; row++) {
      for (int k = 0; k < 2; k++) {
        double value = 0;
        for (int m = 0; m < 2; m++) {
          value += start.getDouble(first + 2L * row + m) * b[m][k];
        }
        other.putScalar(first + 2L * row + k, value);
      }
    }
    long second = model.layout().block("likelihood.weight").offset();
    for (int k = 0; k < 2; k++) {
      for (int d = 0; d < PIXELS; d++) {
        double value = 0;
        for (int m = 0; m < 2; m++) {
          value += inverse[k][m] * start.getDouble(second + (long) m * PIXELS + d);
        }
        other.putScalar(second + (long) k * PIXELS + d, value);
      }
    }
    float[][] codes = {{1, -0.5f}, {-2, 0.3f}, {0, 0}};
    float[][] before = new Codec(model, start).decode(codes);
    float[][] alike = new Codec(model, other).decode(codes);
    float[][] after = new Codec(model, stepped(model, start)).decode(codes);
    float[][] otherwise = new Codec(model, stepped(model, other)).decode(codes);
    for (int i = 0; i < codes.length; i++) {
      assertThat(alike[i]).containsExactly(before[i], within(1e-5f));
      assertThat(otherwise[i]).containsExactly(after[i], within(2e-3f));
    }
    assertThat(Math.abs(after[0][0] - before[0][0])).isGreaterThan(0.02f);
  }

  /** A change by F of four times as much is a step of twice the length. */
  @Test
  void aStepThatGoesTooFarIsShortened() {
    ImageModel model = model(NONE, NONE, new Bernoulli());
    INDArray start = parameters(model, 10);
    INDArray free = stepped(model, start, PLAIN).subi(start);
    INDArray held = stepped(model, start, new NaturalGradient(0, 0, 1e-3, 0, 1, 1)).subi(start);
    INDArray freer = stepped(model, start, new NaturalGradient(0, 0, 4e-3, 0, 1, 1)).subi(start);
    INDArray wide = stepped(model, start, new NaturalGradient(0, 0, 1e6, 0, 1, 1)).subi(start);
    INDArray gradient = start.like();
    Objective objective = new Objective(model, OBJECTIVE, IMAGES, start.dup(), gradient);
    fill(objective, 6);
    objective.differentiate(new StepSettings(1, 1));
    // The step d is F^-1 g of the mean over the images, so that d F d is d g / images.
    double change = 0.5 * Math.abs(Nd4j.getBlasWrapper().dot(free, gradient)) / IMAGES;
    double ratio = Math.sqrt(1e-3 / change);
    assertThat(ratio).isLessThan(0.5);
    assertThat(held.toDoubleVector())
        .containsExactly(free.mul(ratio).toDoubleVector(), within(1e-5));
    assertThat(freer.toDoubleVector()).containsExactly(held.mul(2).toDoubleVector(), within(1e-5));
    assertThat(wide.toDoubleVector()).containsExactly(free.toDoubleVector(), within(0.0));
  }

  @Test
  void aLayerOfDeadUnitsStaysAsItIs() {
    ImageModel model = model(NONE, new Mlp(List.of(3), Activation.RELU), new Bernoulli());
    INDArray start = parameters(model, 9);
    block(model, start, "decoder.0.bias").assign(-1000);
    INDArray after = stepped(model, start, DAMPED);
    for (String name : List.of("decoder.0.weight", "decoder.0.bias")) {
      assertThat(block(model, after, name)).isEqualTo(block(model, start, name));
    }
    assertThat(after.toDoubleVector()).doesNotContain(Double.NaN);
    assertThat(after).isNotEqualTo(start);
  }

  @Test
  void aStepOnADeviceIsThatOfTheHost() {
    ImageModel model = model(new Mlp(List.of(3), Activation.TANH), NONE, new Bernoulli());
    INDArray start = parameters(model, 9);
    float[] expected = stepped(model, start, DAMPED).toFloatVector();
    DeviceKernels device = new DeviceKernels(new SimulatedDevice(1L << 28));
    Backend.use(device);
    try {
      float[] actual = new float[expected.length];
      device.copyOut(stepped(model, start, DAMPED), actual);
      assertThat(actual).containsExactly(expected, within(1e-4f));
      assertThat(actual).isNotEqualTo(start.toFloatVector());
    } finally {
      Backend.use((Kernels) null);
    }
  }

  /** Half of one minibatch's and half of another's, as workers' states are averaged. */
  @Test
  void theInversesAreOfTheAverageOfTheFactors() {
    ImageModel model = model(NONE, NONE, new Bernoulli());
    INDArray parameters = parameters(model, 8);
    INDArray gradient = parameters.like();
    NaturalGradient damped = new NaturalGradient(0, 0.25, 0, 0.5, 1, 10);
    INDArray[] states = new INDArray[2];
    for (int shard = 0; shard < 2; shard++) {
      states[shard] = Nd4j.create(DataType.FLOAT, Factors.length(damped, model));
      new Factors(model, damped, IMAGES, gradient, states[shard])
          .add(computed(model, parameters, 10, 20 + shard));
    }
    INDArray state = states[0].add(states[1]).divi(2);
    Factors factors = new Factors(model, damped, IMAGES, gradient, state);
    factors.begin(1);
    INDArray once = state.dup();
    factors.begin(5);
    assertThat(state).isEqualTo(once);

    // The head of the encoder is the first: A [PIXELS + 1], G the diagonal of 2 LATENT.
    int squares = PIXELS * PIXELS;
    double[][] a = new double[PIXELS + 1][PIXELS + 1];
    double trace = 1;
    // The weight of one minibatch in the running mean is 1/2, as is what the means weigh.
    for (int i = 0; i < PIXELS; i++) {
      for (int j = 0; j < PIXELS; j++) {
        a[i][j] = 2 * state.getDouble(i * PIXELS + j);
      }
      a[i][PIXELS] = 2 * state.getDouble(squares + i);
      a[PIXELS][i] = a[i][PIXELS];
      trace += a[i][i];
    }
    a[PIXELS][PIXELS] = 1;
    int scores = squares + PIXELS;
    double traceOfG = 0;
    for (int j = 0; j < 2 * LATENT; j++) {
      traceOfG += 2 * state.getDouble(scores + j);
    }
    double pi = Math.sqrt(trace / (PIXELS + 1) / (traceOfG / (2 * LATENT)));
    for (int i = 0; i <= PIXELS; i++) {
      a[i][i] += pi * 0.5;
    }
    double[][] inverse = Factor.of(a).inverse();
    int at = scores + 2 * LATENT;
    for (int i = 0; i <= PIXELS; i++) {
      for (int j = 0; j <= PIXELS; j++) {
        assertThat(state.getDouble(at + i * (PIXELS + 1) + j))
            .isCloseTo(inverse[i][j], within(1e-4));
      }
    }
    at += (PIXELS + 1) * (PIXELS + 1);
    for (int j = 0; j < 2 * LATENT; j++) {
      assertThat(state.getDouble(at + j))
          .isCloseTo(1 / (2 * state.getDouble(scores + j) + 0.5 / pi), within(1e-4));
    }
  }
}
