package org.sparkvae.vae;

import org.sparkvae.distribution.Distribution;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/** A model whose likelihood's parameters are decoded from a code by a network. */
public sealed interface Decoded extends Model
    permits Vae, Layered, Ladder, Hvae, Auxiliary, DensityNetwork, Autoencoder {
  /** The body from the code to the likelihood's parameters. */
  Network decoder();

  /** p(x|z). */
  Likelihood likelihood();

  /** What weights start from, but for those of a part that says otherwise. */
  Initialisation initialisation();

  @Override
  default Support support() {
    return likelihood().support();
  }

  @Override
  default int levels() {
    return likelihood().levels();
  }

  @Override
  default String supportSetting() {
    return "likelihood.type";
  }

  @Override
  default Distribution given(Recorder plain, Matrix z, Shape x) {
    Recorder recorder = starting(plain);
    Matrix features = decoder().on(recorder.at("decoder"), Shape.vector(latent()), z);
    return likelihood().given(recorder.at("likelihood"), features, x);
  }

  /** A recorder of the same recording, whose weights start as this model's do. */
  default Recorder starting(Recorder recorder) {
    return recorder.startingFrom(initialisation().weights());
  }
}
