package org.sparkvae;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.archive.StoredNetwork;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.evaluation.Encoder;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.host.VectorModule;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;

/**
 * A trained model of images: codes of images, images of codes, samples, and log p(x).
 *
 * <p>Images are [n][values], values in [0, 1], rows of pixels from top to bottom, channels
 * innermost; n is any number from 1 on, and takes memory for what is given and what is returned
 * alone. What is returned for an image depends on it and its place among those given, not on the
 * others, nor on how many these are: the place is part of what noise is keyed by, and codes and
 * mean images in other places are the same up to rounding in the last digits. Arguments that make
 * no sense are refused by an {@link IllegalArgumentException} in one line.
 *
 * <p>Thread-safe: calls from several threads run side by side, each with memory of its own, which
 * is kept for later calls. A call computes on the calling thread where {@code OMP_NUM_THREADS} is 1
 * in the environment of the JVM.
 */
public final class TrainedVae {
  private static final System.Logger LOG = System.getLogger(TrainedVae.class.getName());
  private static final Proposal ENCODER = new Encoder(new Normal());

  static {
    if (!VectorModule.isPresent()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "computing without vectors, several times slower: start Java 17 or 18 with"
              + " --add-modules jdk.incubator.vector");
    }
  }

  private final ImageModel model;
  private final INDArray parameters;
  private final Inputs inputs;
  private final Queue<Programs> idle = new ConcurrentLinkedQueue<>();

  private TrainedVae(ImageModel model, INDArray parameters) {
    this.model = model;
    this.parameters = parameters;
    inputs = new Inputs(model.x(), model.model().codeLength(), model.model().support());
    Kernels.of(parameters).share(parameters);
  }

  /**
   * Loads a model that a run has trained.
   *
   * @param path the directory of a run, of which it is the model that the run scores, or the newest
   *     whole checkpoint where training is not done; or that of a checkpoint, {@code epoch-NNNNNN};
   *     or a {@code model.zip}
   * @throws IOException in one line, where there is no model, it is damaged, or of another kind
   */
  public static TrainedVae load(Path path) throws IOException {
    StoredNetwork stored = StoredNetwork.read(path);
    try {
      MultiLayerNetwork network = stored.network();
      return new TrainedVae(VaeNetwork.spec(network), VaeNetwork.parameters(network));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s holds a network that is no model of spark-vae: %s; give one that spark-vae trained"
              .formatted(stored.file(), e.getMessage()),
          e);
    }
  }

  /**
   * The model in a network, as it is now: later training of the network does not change it.
   *
   * @throws IllegalArgumentException where the network holds something else
   */
  public static TrainedVae of(MultiLayerNetwork network) {
    return new TrainedVae(VaeNetwork.spec(network), VaeNetwork.parameters(network).dup());
  }

  /** The shape of an image. */
  public Shape shape() {
    return model.x();
  }

  /** Dimensions of a code. */
  public int codeLength() {
    return inputs.codeLength();
  }

  /** What values of pixels it is a distribution of. */
  public Support support() {
    return inputs.support();
  }

  /** Whether it has a log p(x): an autoencoder has none. */
  public boolean hasLogLikelihood() {
    return model.model().hasLogLikelihood();
  }

  /**
   * The codes of images: the means of their posteriors, [n][values] -> [n][code length]. Where a
   * variable's posterior depends on draws of others, these are their means, or the more probable
   * bits. Under a planar, Sylvester or inverse autoregressive flow, whose mean has no closed form,
   * it is where the flow takes the mean of the posterior that it starts from.
   *
   * @throws IllegalStateException where the model has no encoder
   */
  public float[][] encode(float[][] images) {
    requireEncoder();
    inputs.images(images);
    return computed(programs -> programs.codec().encode(images));
  }

  /**
   * The standard deviations of the posteriors whose means {@link #encode} gives, [n][values] ->
   * [n][code length]; empty where they have no closed form, as under a flow.
   *
   * @throws IllegalStateException where the model has no encoder
   */
  public Optional<float[][]> encodeDeviations(float[][] images) {
    requireEncoder();
    inputs.images(images);
    return computed(programs -> programs.codec().encodeDeviations(images));
  }

  /** The mean images of codes, [n][code length] -> [n][values], in [0, 1]. */
  public float[][] decode(float[][] codes) {
    inputs.codes(codes);
    return computed(programs -> programs.codec().decode(codes));
  }

  /**
   * The mean images of codes that are drawn from the model, [n][values], in [0, 1]. Image i is the
   * same for the same seed, whatever n.
   */
  public float[][] sample(int n, long seed) {
    Inputs.atLeastOne("n", n);
    long key = Noise.key(seed, Noise.Purpose.PRIOR, 0, 0);
    return computed(programs -> programs.codec().sample(key, n));
  }

  /**
   * The mean images of the codes of images, [n][values] -> [n][values], in [0, 1].
   *
   * @throws IllegalStateException where the model has no encoder
   */
  public float[][] reconstruct(float[][] images) {
    requireEncoder();
    inputs.images(images);
    return computed(programs -> programs.codec().decode(programs.codec().encode(images)));
  }

  /**
   * Draws bits from intensities, 1 with the intensity's probability to the nearest 255th: what a
   * job's {@code data.binarisation = dynamic} makes of test images, image i being that of id i.
   *
   * @return [n][values], 0 or 1
   */
  public float[][] binarise(float[][] images, long seed) {
    inputs.images(images);
    int values = model.x().values();
    float[][] bits = new float[images.length][values];
    byte[] levels = new byte[values];
    for (int i = 0; i < images.length; i++) {
      for (int d = 0; d < values; d++) {
        levels[d] = (byte) Math.round(255 * images[i][d]);
      }
      long key = Noise.key(seed, Noise.Purpose.BINARISATION, 0, i);
      Noise.bernoulli(key, levels, 0, bits[i], 0, values);
    }
    return bits;
  }

  /**
   * Estimates log p(x) of each image by samples of the encoder's posterior, as {@link
   * #logLikelihood(float[][], int, long, Proposal)} does by those of any proposal.
   */
  public List<LogLikelihood> logLikelihood(float[][] images, int samples, long seed) {
    return logLikelihood(images, samples, seed, ENCODER);
  }

  /**
   * Estimates log p(x) of each image by importance sampling (Burda et al., 2016). The estimates are
   * a job's {@code evaluation.parquet}, to the bit, for the same model, seed, samples, proposal and
   * values of the image whose id is i, with the default {@code evaluation.block} and on like
   * processors.
   *
   * <p>The likelihood of bits or of grey levels takes those alone: of anything in between its
   * formula gives a number that is no log-probability. {@link #support} tells, and {@link
   * #binarise} makes bits of intensities. Of a categorical model of fewer than 256 levels it is the
   * log-probability of the image rounded to these.
   *
   * @param samples of each image, K; 5,000 is usual
   * @param seed of the noise; give another set of images another one
   * @param proposal what samples are drawn from: {@link org.sparkvae.evaluation.Refined#standard()}
   *     refines the posterior of each image, which takes longer and gives estimates that can be
   *     trusted where the encoder's do not
   * @throws IllegalStateException where the model has no log p(x)
   * @throws IllegalArgumentException where the model has no posterior that could be refined, or one
   *     of bits, also for what the class says
   */
  public List<LogLikelihood> logLikelihood(
      float[][] images, int samples, long seed, Proposal proposal) {
    if (!hasLogLikelihood()) {
      throw new IllegalStateException(
          "%s has no log p(x); compare its reconstructions instead"
              .formatted(model.model().title()));
    }
    Inputs.atLeastOne("samples", samples);
    inputs.images(images);
    inputs.scored(images);
    Inputs.given("proposal", proposal);
    proposal
        .refinement()
        .flatMap(how -> Refinement.contradiction(model.model()))
        .ifPresent(
            contradiction -> {
              throw new IllegalArgumentException("the proposal " + contradiction.says());
            });
    return computed(
        programs -> {
          Likelihoods likelihoods = programs.likelihoods(samples, proposal);
          List<LogLikelihood> estimates = new ArrayList<>(images.length);
          for (int i = 0; i < images.length; i++) {
            estimates.add(likelihoods.of(images[i], seed, i));
          }
          return estimates;
        });
  }

  private void requireEncoder() {
    if (!model.model().hasEncoder()) {
      throw new IllegalStateException(
          "%s has no encoder, and images no codes; decode, sample and logLikelihood do without"
              .formatted(model.model().title()));
    }
  }

  /** Computes with programs that no other call has; they are let go where it fails. */
  private <T> T computed(Function<Programs, T> computation) {
    Programs taken = idle.poll();
    Programs programs = taken == null ? new Programs(model, parameters) : taken;
    T result = computation.apply(programs);
    idle.add(programs);
    return result;
  }

  /** The model's layers and parts on one line. */
  @Override
  public String toString() {
    return model.model().summary(model.x());
  }
}
