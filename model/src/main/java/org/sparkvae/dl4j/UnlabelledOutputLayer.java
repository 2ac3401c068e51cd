package org.sparkvae.dl4j;

import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * An output layer that learns from its input alone.
 *
 * <p>Deeplearning4j makes every output layer a classifier; what only a classifier can answer is
 * refused here.
 */
abstract class UnlabelledOutputLayer<C extends org.deeplearning4j.nn.conf.layers.BaseLayer>
    extends BaseLayer<C> implements IOutputLayer {
  private INDArray labels;

  UnlabelledOutputLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public final boolean needsLabels() {
    return false;
  }

  @Override
  public final INDArray getLabels() {
    return labels;
  }

  /** Keeps labels for {@link #getLabels} only. */
  @Override
  public final void setLabels(INDArray labels) {
    this.labels = labels;
  }

  @Override
  public final boolean isPretrainLayer() {
    return false;
  }

  @Override
  public final INDArray computeScoreForExamples(double regularisation, LayerWorkspaceMgr memory) {
    throw new UnsupportedOperationException(
        "a VAE scores single images by importance sampling: see org.sparkvae.proposal.LogWeights");
  }

  @Override
  public final double f1Score(DataSet data) {
    throw notAClassifier();
  }

  @Override
  public final double f1Score(INDArray examples, INDArray labels) {
    throw notAClassifier();
  }

  @Override
  public final int numLabels() {
    throw notAClassifier();
  }

  @Override
  public final int[] predict(INDArray examples) {
    throw notAClassifier();
  }

  @Override
  public final List<String> predict(DataSet data) {
    throw notAClassifier();
  }

  @Override
  public final void fit(DataSetIterator data) {
    throw partOfANetwork();
  }

  @Override
  public final void fit(INDArray examples, INDArray labels) {
    throw partOfANetwork();
  }

  @Override
  public final void fit(DataSet data) {
    throw partOfANetwork();
  }

  @Override
  public final void fit(INDArray examples, int[] labels) {
    throw partOfANetwork();
  }

  private static UnsupportedOperationException notAClassifier() {
    return new UnsupportedOperationException("a VAE is not a classifier");
  }

  private static UnsupportedOperationException partOfANetwork() {
    return new UnsupportedOperationException("call fit of the network that holds this layer");
  }
}
