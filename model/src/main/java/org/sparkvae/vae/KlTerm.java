package org.sparkvae.vae;

import java.util.Arrays;
import java.util.stream.Stream;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** A latent variable's KL term of the log-weights, per row: in closed form, or by the samples. */
sealed interface KlTerm {
  /** A latent variable's: in closed form where the objective takes it so and there is one. */
  static KlTerm of(Recorder recorder, Latent z, ObjectiveSpec objective) {
    double freeBits = objective.bound().freeBits();
    if (freeBits > 0) {
      Rows held = FreeBits.of(recorder, z.klOfDimensions().orElseThrow(), freeBits);
      return new HeldUp(new Analytic(held), new Analytic(z.kl().orElseThrow()));
    }
    return z.kl().isPresent() && objective.takesClosedKl()
        ? new Analytic(z.kl().get())
        : new MonteCarlo(z.logPrior(), z.drawn().logDensity());
  }

  /** rows -= klWeight * term, [samples * images]. */
  void subtract(double klWeight, double[] rows);

  /** Sends the loss's derivative by each log-weight on to the term's parts. */
  void differentiate(double klWeight, double[] rowGradient);

  /** What it is made of. */
  Stream<Rows> rows();

  /** The sum over images of the term's mean over samples, nats. */
  double sumOverImages(int samples);

  /**
   * KL(q(z|x) || p(z)), the same for every sample of an image.
   *
   * @param kl [images]
   */
  record Analytic(Rows kl) implements KlTerm {
    @Override
    public Stream<Rows> rows() {
      return Stream.of(kl);
    }

    @Override
    public void subtract(double klWeight, double[] rows) {
      double[] value = kl.value();
      for (int r = 0; r < rows.length; r++) {
        rows[r] -= klWeight * value[r % value.length];
      }
    }

    @Override
    public void differentiate(double klWeight, double[] rowGradient) {
      double[] gradient = kl.gradient();
      Arrays.fill(gradient, 0);
      for (int r = 0; r < rowGradient.length; r++) {
        gradient[r % gradient.length] -= klWeight * rowGradient[r];
      }
    }

    @Override
    public double sumOverImages(int samples) {
      double sum = 0;
      for (double value : kl.value()) {
        sum += value;
      }
      return sum;
    }
  }

  /**
   * A KL term with free bits, beside the KL itself, which is what is told.
   *
   * @param term as the objective takes it
   * @param kl without free bits
   */
  record HeldUp(Analytic term, Analytic kl) implements KlTerm {
    @Override
    public Stream<Rows> rows() {
      return Stream.concat(term.rows(), kl.rows());
    }

    @Override
    public void subtract(double klWeight, double[] rows) {
      term.subtract(klWeight, rows);
    }

    @Override
    public void differentiate(double klWeight, double[] rowGradient) {
      term.differentiate(klWeight, rowGradient);
    }

    @Override
    public double sumOverImages(int samples) {
      return kl.sumOverImages(samples);
    }
  }

  /**
   * log q(z|x) - log p(z) of each sample.
   *
   * @param logPrior [rows]
   * @param logPosterior [rows]
   */
  record MonteCarlo(Rows logPrior, Rows logPosterior) implements KlTerm {
    @Override
    public Stream<Rows> rows() {
      return Stream.of(logPrior, logPosterior);
    }

    @Override
    public void subtract(double klWeight, double[] rows) {
      for (int r = 0; r < rows.length; r++) {
        rows[r] -= klWeight * (logPosterior.value()[r] - logPrior.value()[r]);
      }
    }

    @Override
    public void differentiate(double klWeight, double[] rowGradient) {
      for (int r = 0; r < rowGradient.length; r++) {
        logPrior.gradient()[r] = klWeight * rowGradient[r];
        logPosterior.gradient()[r] = -klWeight * rowGradient[r];
      }
    }

    @Override
    public double sumOverImages(int samples) {
      double sum = 0;
      for (int r = 0; r < logPrior.value().length; r++) {
        sum += logPosterior.value()[r] - logPrior.value()[r];
      }
      return sum / samples;
    }
  }
}
