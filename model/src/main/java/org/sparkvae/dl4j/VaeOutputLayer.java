package org.sparkvae.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.Codec;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Measures;
import org.sparkvae.step.States;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;

/**
 * A VAE at work as the output layer of a Deeplearning4j network.
 *
 * <p>The gradient is that of the loss -J; the score is -J/N, nats per image, so that scores of
 * different training sets compare. The KL term has weight 1. Noise is keyed by the configuration's
 * seed, the network's iteration and the row, so that a restored network goes on with the same
 * numbers.
 */
final class VaeOutputLayer extends UnlabelledOutputLayer<VaeLayer> {

  private transient Objective minibatch;
  private transient States states;
  private transient int minibatchImages;
  private boolean scored;

  VaeOutputLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr memory) {
    super.setInput(input, memory);
    scored = false;
  }

  @Override
  public void setParamsViewArray(INDArray parameters) {
    super.setParamsViewArray(parameters);
    minibatch = null;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradient) {
    super.setBackpropGradientsViewArray(gradient);
    minibatch = null;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr memory) {
    score = score(objective().differentiate(StepSettings.NONE));
    scored = true;
    states.take();
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach(gradient::setGradientFor);
    return new Pair<>(gradient, null);
  }

  /** Sets the gradient view to the derivative of -J, and the score to -J/N. */
  @Override
  public void computeGradientAndScore(LayerWorkspaceMgr memory) {
    gradient = backpropGradient(null, memory).getFirst();
  }

  /** -J/N of the current input; the regularisation of Deeplearning4j's own is added. */
  @Override
  public double computeScore(double regularisation, boolean training, LayerWorkspaceMgr memory) {
    if (!scored) {
      score = score(objective().value(StepSettings.NONE));
      scored = true;
    }
    return score + regularisation;
  }

  /** E[x|z] at the posterior's mean, [images, pixels]. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr memory) {
    assertInputSet(false);
    Codec codec = new Codec(layerConf().spec(), ofModel());
    float[][] images = contiguous(input).toFloatMatrix();
    float[][] means = codec.decode(codec.encode(images));
    INDArray output =
        memory.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), input.shape(), 'c');
    output.assign(Nd4j.createFromArray(means));
    return output;
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return false;
  }

  private Objective objective() {
    assertInputSet(true);
    ImageModel spec = layerConf().spec();
    int images = Math.toIntExact(input.size(0));
    if (minibatch == null || minibatchImages != images) {
      // Its buffers outlive this step, hence the workspaces of the network must not hold them.
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        minibatch =
            new Objective(
                spec, layerConf().objective(), images, paramsFlattened, gradientsFlattened);
        states = gradientsFlattened == null ? null : states(spec);
      }
      minibatchImages = images;
    }
    Kernels.of(paramsFlattened).copyOut(contiguous(input), minibatch.images());
    drawNoise(minibatch.noise(), images);
    return minibatch;
  }

  private void drawNoise(NoiseBuffers noise, int images) {
    for (int image = 0; image < images; image++) {
      long key = Noise.key(conf().getSeed(), Noise.Purpose.TRAINING, getIterationCount(), image);
      noise.draw(key, image);
    }
  }

  private double score(Measures value) {
    double precision = layerConf().objective().weightPriorPrecision();
    double penalty =
        precision == 0 ? 0 : precision / 2 * Kernels.of(paramsFlattened).sumOfSquares(ofModel());
    return penalty / layerConf().objective().trainingImages() - value.mean(Objective.WEIGHTED);
  }

  private States states(ImageModel spec) {
    return new States(spec.layout(layerConf().objective()), paramsFlattened, gradientsFlattened);
  }

  private INDArray ofModel() {
    return FlatVector.part(paramsFlattened, 0, layerConf().spec().parameters());
  }

  private INDArray contiguous(INDArray array) {
    INDArray cast = array.castTo(paramsFlattened.dataType());
    return cast.ordering() == 'c' && Shape.hasDefaultStridesForShape(cast) ? cast : cast.dup('c');
  }
}
