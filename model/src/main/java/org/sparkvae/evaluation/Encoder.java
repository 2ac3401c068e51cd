package org.sparkvae.evaluation;

import org.sparkvae.kinds.Setting;

/**
 * The posterior q(z|x) as the encoder gives it.
 *
 * @param tails of its draws
 */
public record Encoder(@Setting(says = Tails.SAYS, otherwise = "normal") Tails tails)
    implements Proposal {}
