/**
 * What a training step is given and gives back: settings of the epoch, players, measures.
 *
 * <p>May use {@code tensor}.
 */
package org.sparkvae.step;
