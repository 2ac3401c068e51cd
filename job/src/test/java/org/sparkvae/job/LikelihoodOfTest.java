package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Categorical;
import org.sparkvae.likelihood.ContinuousBernoulli;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Mlp;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Vae;

class LikelihoodOfTest {
  @Test
  void tellsApartWhatCannotBeCompared() {
    assertThat(words(new Bernoulli(), Binarisation.DYNAMIC))
        .isEqualTo("bits, dynamic binarisation");
    assertThat(words(new Bernoulli(), Binarisation.STATIC)).isEqualTo("bits, static binarisation");
    assertThat(words(new Bernoulli(), Binarisation.NONE)).isEqualTo("intensities taken for bits");
    assertThat(words(new Categorical(256), Binarisation.NONE)).isEqualTo("256 levels");
    assertThat(words(new Categorical(16), Binarisation.NONE)).isEqualTo("16 levels");
    assertThat(words(new ContinuousBernoulli(), Binarisation.NONE)).isEqualTo("densities");
  }

  private static String words(Likelihood likelihood, Binarisation binarisation) {
    Mlp linear = new Mlp(List.of(), Activation.TANH);
    return LikelihoodOf.words(new Vae(2, linear, linear, likelihood), binarisation);
  }
}
