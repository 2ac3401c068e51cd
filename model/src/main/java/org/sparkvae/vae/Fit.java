package org.sparkvae.vae;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.sparkvae.network.Shape;

/**
 * Finds the parameters of a model from sums over the training images, in one pass and without steps
 * of an optimiser. Tasks sum up some of the images each; the sums are added up; and the parameters
 * follow from those of all images, with the same bits however the images were divided.
 *
 * @param <S> the sums; no record, which Spark's Kryo cannot write
 */
public sealed interface Fit<S extends Serializable> extends Serializable permits LinearFit {
  /**
   * What images of a shape and the settings ask of one another in vain, if anything.
   *
   * @return the setting at fault below the model's own, and what is wrong with it
   */
  Optional<Contradiction> contradiction(Shape x);

  /** Bytes that the sums of images of a shape take. */
  long bytes(Shape x);

  /**
   * Sums up images.
   *
   * @param values of each image
   * @param images levels from 0 to 255, unsigned, of some images at a time, [n * values]
   */
  S sum(int values, Iterator<byte[]> images);

  /** The sums of these images and those; may change these. */
  S plus(S these, S those);

  /**
   * The model of the sums over all images.
   *
   * @param x the shape of an image
   */
  Fitted fitted(Shape x, S all);

  /**
   * What a fit comes to.
   *
   * @param parameters the model's flat parameter vector
   * @param logLikelihood mean of log p(x) over the training images, nats
   * @param kl mean of KL(p(z|x) || p(z)) over them, nats
   * @param course how it went, in a few words
   */
  record Fitted(float[] parameters, double logLikelihood, double kl, String course) {}
}
