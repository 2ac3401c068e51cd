package org.sparkvae.vae;

import java.util.Optional;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Rows;

/**
 * A latent variable's share of log w, as it was recorded; nats.
 *
 * @param name of the variable
 * @param drawn the sample of it, with log q(z|x)
 * @param logPrior log p(z), [samples * images]
 * @param kl KL(q(z|x) || p(z)), [images], where it has a closed form
 * @param klOfDimensions the same of each dimension, [images, latent], where it is a sum over them
 * @param posterior q(z|x)
 */
public record Latent(
    String name,
    Drawn drawn,
    Rows logPrior,
    Optional<Rows> kl,
    Optional<Matrix> klOfDimensions,
    Samplable posterior) {}
