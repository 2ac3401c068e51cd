package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.estimator.DoublyReparameterised;
import org.sparkvae.estimator.StickingTheLanding;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.Grid;
import org.sparkvae.posterior.LogVariances;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.Mixture;
import org.sparkvae.prior.Prior;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.prior.Vampprior;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Activation;

/** What several stochastic layers are called, what they refuse, and what one of them is. */
class LayeredTest {
  private static final float[] X = {0.2f, 0.9f, 0.6f, 0.1f};
  private static final Network LINEAR = new Mlp(List.of(), Activation.TANH);
  private static final Network BODY = new Mlp(List.of(6), Activation.TANH);
  private static final long KEY = Noise.key(5, Noise.Purpose.EVALUATION, 0, 17);

  private static Layered model(
      int latent, Posterior posterior, Prior prior, Network body, Likelihood of, Above above) {
    return new Layered(
        latent, body, posterior, prior, body, of, above, new Initialisation.Glorot());
  }

  /** With nothing above, it is the VAE, bit for bit. */
  @Test
  void oneLayerIsThePlainModel() {
    ImageModel one =
        new ImageModel(
            Shape.vector(X.length),
            model(
                2,
                new DiagonalGaussian(),
                new StandardNormal(),
                BODY,
                new Bernoulli(),
                new Above.None()));
    ImageModel plain = new ImageModel(one.x(), new Vae(2, BODY, BODY, new Bernoulli()));
    assertThat(one.layout().blocks()).isEqualTo(plain.layout().blocks());
    assertThat(gradient(one)).containsExactly(gradient(plain));
  }

  private static double[] gradient(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 11);
    INDArray gradient = parameters.like();
    ObjectiveSpec spec = new ObjectiveSpec(new Elbo(3, Elbo.Kl.MONTE_CARLO), 1, 0);
    Objective objective = new Objective(model, spec, 1, parameters, gradient);
    System.arraycopy(X, 0, objective.images(), 0, X.length);
    objective.noise().draw(KEY, 0);
    objective.differentiate(StepSettings.NONE);
    return gradient.castTo(DataType.DOUBLE).toDoubleVector();
  }

  static List<Model> underAVampprior() {
    Prior ofOne = new Vampprior(1);
    DiagonalGaussian gaussian = new DiagonalGaussian();
    Initialisation glorot = new Initialisation.Glorot();
    Rung upper = new Rung.Step(2, BODY, BODY, new Rung.None());
    return List.of(
        new Ladder(
            4,
            BODY,
            new LogVariances.Free(),
            ofOne,
            BODY,
            new Bernoulli(),
            new Rung.Step(3, BODY, BODY, upper),
            glorot),
        new Hvae(
            4,
            BODY,
            BODY,
            gaussian,
            ofOne,
            BODY,
            BODY,
            new Bernoulli(),
            new Hvae.Top(2, BODY, gaussian, BODY, BODY, gaussian, BODY),
            glorot));
  }

  /** p(zL) = q(zL|u), which is q(zL|x) where u is x. */
  @ParameterizedTest
  @MethodSource("underAVampprior")
  void theVamppriorOfTheImageItselfIsItsTopmostPosterior(Model model) {
    assertThat(model.contradiction()).isEmpty();
    ImageModel spec = new ImageModel(Shape.vector(X.length), model);
    INDArray parameters = ModelCases.parameters(spec, DataType.DOUBLE, 7);
    ParameterLayout layout = spec.layout();
    long inputs = layout.block("prior.pseudo-inputs").offset();
    Recorder recorder = new Recorder(1, 3);
    Batch batch = Batch.of(recorder, spec.x());
    Terms terms = model.on(recorder, batch);
    Latent top = terms.latents().get(model.layers() - 1);
    assertThat(top.posterior().mean().columns()).isEqualTo(2);
    Rows prior = top.logPrior();
    Rows posterior = top.drawn().logDensity();
    Program program = new Program(recorder, layout, parameters, null, List.of(prior, posterior));
    program.noise().draw(KEY, 0);
    program.noise().send();
    for (int d = 0; d < X.length; d++) {
      batch.images().value().putScalar(d, X[d]);
      parameters.putScalar(inputs + d, X[d]);
    }

    program.forward();
    assertThat(prior.value()).hasSize(3).containsExactly(posterior.value(), within(1e-10));

    parameters.putScalar(inputs, 1 - X[0]);
    program.forward();
    assertThat(prior.value()[0]).isNotCloseTo(posterior.value()[0], within(1e-3));
  }

  @Test
  void theSummaryNamesEveryLayer() {
    Above top = new Above.Layer(2, LINEAR, new DiagonalGaussian(), LINEAR, new Above.None());
    Above middle = new Above.Layer(3, BODY, new DiagonalGaussian(), BODY, top);
    Layered three = model(5, new DiagonalGaussian(), new Mixture(3), BODY, new Bernoulli(), middle);
    assertThat(three.summary(Shape.vector(9)))
        .isEqualTo("9-6-z5-6-z3-z2-z3-6-z5-6-9, Bernoulli, mixture as prior");
    assertThat(three.title()).isEqualTo("a variational autoencoder of 3 stochastic layers");
    assertThat(three.layers()).isEqualTo(3);
  }

  @Test
  void whatNeedsOneLayerIsRefused() {
    Above second = new Above.Layer(2, LINEAR, new DiagonalGaussian(), LINEAR, new Above.None());
    Layered two =
        model(3, new DiagonalGaussian(), new StandardNormal(), BODY, new Bernoulli(), second);
    assertThat(two.contradiction()).isEmpty();
    assertThat(
            model(3, new DiagonalGaussian(), new Vampprior(4), BODY, new Bernoulli(), second)
                .contradiction())
        .contains(
            new Contradiction(
                "prior.type",
                "is vampprior, which is made of posteriors of images, but that of the topmost of 2"
                    + " stochastic layers is an integral over those below, without a closed form;"
                    + " choose another prior"));
    Above grid = new Above.Layer(3, LINEAR, new Grid(2, 2), LINEAR, new Above.None());
    assertThat(
            model(3, new DiagonalGaussian(), new StandardNormal(), BODY, new Bernoulli(), grid)
                .contradiction())
        .map(Contradiction::setting)
        .hasValueSatisfying(setting -> assertThat(setting).startsWith("above.posterior."));
    assertThat(ObjectiveLimits.of(two, new ImportanceWeighted(5), new DoublyReparameterised()))
        .contains(
            new Contradiction(
                "estimator.type",
                "is doubly-reparameterised, which holds for one stochastic layer under this"
                    + " training.bound, but the model has 2; set it to reparameterised"));
    assertThat(ObjectiveLimits.of(two, new Elbo(1, Elbo.Kl.MONTE_CARLO), new StickingTheLanding()))
        .isEmpty();
  }
}
