package org.sparkvae.vae;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.step.ImageBuffer;
import org.sparkvae.step.Inputs;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Statistic;
import org.sparkvae.tensor.Use;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The statistics that layers of a trained model are normalised by, over minibatches that are each
 * normalised by their own, with one sample of each image's code.
 *
 * <p>They are sums of moments over images, so that those of workers add up. Not thread-safe.
 */
public final class LayerStatistics implements Inputs {
  /** The least variance that is stored: what never moves has none. */
  private static final double LEAST_VARIANCE = 1e-12;

  private final Program program;
  private final Matrix x;
  private final ImageBuffer pixels;
  private final List<Matrix> moments;
  private final int batch;

  /**
   * Of minibatches of a size.
   *
   * @param parameters the flat parameter vector, [1, P] or [P]; read, never written
   */
  public LayerStatistics(ImageModel model, int batch, INDArray parameters) {
    this.batch = batch;
    Recorder recorder = new Recorder(Use.COLLECTING, batch, 1);
    Batch images = Batch.of(recorder, model.x());
    model.model().on(recorder, images);
    x = images.images();
    moments = recorder.statistics().stream().map(Statistic::moments).toList();
    // The images, too, which have memory even where no moment depends on them.
    List<Matrix> results = Stream.concat(moments.stream(), Stream.of(x)).toList();
    program = new Program(recorder, model.layout(), parameters, null, results);
    pixels = new ImageBuffer(program.kernels(), batch, model.x().values());
  }

  @Override
  public ImageBuffer pixels() {
    return pixels;
  }

  @Override
  public NoiseBuffers noise() {
    return program.noise();
  }

  /** The moments of the minibatch, times its images: of each layer, means and mean squares. */
  public double[] sums() {
    pixels.send(x);
    program.noise().send();
    program.forward();
    return moments.stream().flatMapToDouble(this::values).map(moment -> moment * batch).toArray();
  }

  private DoubleStream values(Matrix of) {
    float[] values = new float[of.columns()];
    program.kernels().copyOut(of.value(), values);
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  /** How many sums there are; 0 for a model without such layers. */
  public static int count(ImageModel model) {
    return of(model).stream().mapToInt(statistic -> statistic.moments().columns()).sum();
  }

  /**
   * Writes what sums over images tell into the parameters.
   *
   * @param sums of all minibatches, added up
   * @param images how many they are of
   */
  public static void write(ImageModel model, double[] sums, long images, INDArray parameters) {
    ParameterLayout layout = model.layout();
    int at = 0;
    for (Statistic statistic : of(model)) {
      int units = statistic.moments().columns() / 2;
      float[] means = new float[units];
      float[] logVariances = new float[units];
      for (int i = 0; i < units; i++) {
        double mean = sums[at + i] / images;
        double variance = sums[at + units + i] / images - mean * mean;
        means[i] = (float) mean;
        logVariances[i] = (float) Math.log(Math.max(variance, LEAST_VARIANCE));
      }
      write(layout.block(statistic.mean().name()), means, parameters);
      write(layout.block(statistic.logVariance().name()), logVariances, parameters);
      at += 2 * units;
    }
  }

  private static void write(ParameterLayout.Block block, float[] values, INDArray parameters) {
    INDArray part = FlatVector.part(parameters, block.offset(), block.offset() + block.length());
    Kernels.of(parameters).copyIn(values, part);
  }

  private static List<Statistic> of(ImageModel model) {
    Recorder recorder = new Recorder(Use.COLLECTING, 1, 1);
    model.model().on(recorder, Batch.of(recorder, model.x()));
    return recorder.statistics();
  }
}
