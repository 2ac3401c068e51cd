package org.sparkvae.annealing;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.noise.Noise.Purpose;
import org.sparkvae.vae.ImageModel;

/**
 * Weights of annealed chains, whose mean is p(x), of several images at once, on buffers that are
 * allocated once. A chain's weight depends on its image and number alone, on like processors.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class AnnealedWeights {
  private final long seed;
  private final int block;
  private final Places places;
  private final Landscape landscape;
  private final Walkers walkers;
  private final Ladder ladder;
  private final Annealer annealer;

  /**
   * A block of chains of an image.
   *
   * @param image its id
   * @param pixels its values
   * @param first number of the first chain, a multiple of the block
   */
  public record Chains(long image, float[] pixels, int first) {}

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @param seed of the chains' noise, the run's
   * @param block chains of an image computed together
   */
  public AnnealedWeights(
      ImageModel model, INDArray parameters, Annealed how, long seed, int block) {
    this.seed = seed;
    this.block = block;
    places = Places.of(how.chains(), block);
    landscape = Landscape.of(how.start(), model, parameters, places.count(), block);
    walkers = new Walkers(landscape, new Leapfrog(how.leapfrog()));
    ladder = Ladder.of(how);
    annealer = new Annealer(walkers, ladder);
  }

  /** How many blocks of chains are computed in one pass, where there are as many. */
  public static int together(Annealed how, int block) {
    return Places.of(how.chains(), block).count();
  }

  /** Floating-point operations of an image's chains, about: those of their products. */
  public static double flops(ImageModel model, Annealed how) {
    double moves = how.temperatures() - 1 + Pilot.moves(how.temperatures());
    return 2 * moves * how.leapfrog() * how.chains() * model.flopsOfASample();
  }

  /** log w of blocks of chains that are led from their start up, nats, [blocks][block]. */
  public double[][] logWeights(List<Chains> blocks) {
    return inPasses(blocks, pass -> annealer.up(noise(pass, Purpose.ANNEALING), pilot(pass)));
  }

  /**
   * log w of blocks of chains that are led from p(z|x) down, nats, [blocks][block].
   *
   * @param states of the chains of each block, a draw of p(z|x), [dimensions]
   */
  double[][] logWeightsDown(List<Chains> blocks, Function<Chains, float[]> states) {
    return inPasses(
        blocks,
        pass -> {
          Steps steps = pilot(pass);
          float[] rows = new float[landscape.rows() * landscape.dimensions()];
          for (int row = 0; row < landscape.rows(); row++) {
            float[] state = states.apply(pass.get(row % pass.size()));
            System.arraycopy(state, 0, rows, row * state.length, state.length);
          }
          return annealer.down(noise(pass, Purpose.REVERSE), steps, rows);
        });
  }

  /** What a pass over blocks at all places gives, [rows], by block. */
  private double[][] inPasses(List<Chains> blocks, Function<List<Chains>, double[]> compute) {
    double[][] logWeights = new double[blocks.size()][block];
    for (int[] pass : places.passes(blocks)) {
      // Where nobody stands, another's chains are computed again, which nobody reads.
      Chains some = blocks.get(IntStream.of(pass).max().orElseThrow());
      double[] rows =
          compute.apply(IntStream.of(pass).mapToObj(i -> i < 0 ? some : blocks.get(i)).toList());
      for (int place = 0; place < pass.length; place++) {
        for (int c = 0; c < block && pass[place] >= 0; c++) {
          logWeights[pass[place]][c] = rows[c * pass.length + place];
        }
      }
    }
    return logWeights;
  }

  /** Puts the images on the landscape; all blocks of an image have the same pilot. */
  private Steps pilot(List<Chains> pass) {
    for (int place = 0; place < pass.size(); place++) {
      landscape.set(place, pass.get(place).pixels());
    }
    landscape.prepare();
    List<ChainNoise> noise =
        pass.stream().map(of -> new ChainNoise(seed, Purpose.PILOT, of.image(), 0)).toList();
    return Pilot.of(walkers, ladder, noise);
  }

  private List<ChainNoise> noise(List<Chains> pass, Purpose purpose) {
    return pass.stream().map(of -> new ChainNoise(seed, purpose, of.image(), of.first())).toList();
  }
}
