package org.sparkvae.proposal;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.vae.Model;

/**
 * What an image's samples are drawn from.
 *
 * @param posterior the parameters of a posterior, each [1, n], as {@link Model#posterior} gives
 *     them; not copies
 * @param noise the map of its noise, where that is not the identity
 */
public record Proposed(List<INDArray> posterior, Optional<NoiseFactor> noise) {}
