package org.sparkvae.vae;

/**
 * Parts of a model that do not go together.
 *
 * @param setting the one at fault, below the model's own, as "prior.type"
 * @param says what is wrong with it, as the rest of a sentence
 */
public record Contradiction(String setting, String says) {}
