package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * A plain autoencoder of Deeplearning4j's own layers under its own {@link
 * ParameterAveragingTrainingMaster}: what the libraries give without this project.
 *
 * <p>It has a VAE's widths, but one code an image, no sampling and no KL.
 *
 * @param pixels of an image
 * @param hidden width of the hidden layers
 * @param latent width of the code
 * @param batch images a step and worker
 * @param every steps between two averagings
 * @param workers on one core each
 */
record DenseAutoencoder(int pixels, int hidden, int latent, int batch, int every, int workers) {
  private static final int SEED = 1;

  /** Trains on random images; returns the median speed of all epochs but the first, images/s. */
  double imagesPerSecond(JavaSparkContext spark, int images, int epochs) {
    JavaRDD<DataSet> minibatches =
        spark.parallelize(minibatches(images), workers).persist(StorageLevel.MEMORY_ONLY());
    SparkDl4jMultiLayer training =
        new SparkDl4jMultiLayer(spark, new MultiLayerNetwork(layers()), master());
    double[] rates = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      long start = System.nanoTime();
      training.fit(minibatches);
      rates[epoch] = images / ((System.nanoTime() - start) / 1e9);
    }
    return Spread.of(Arrays.copyOfRange(rates, Math.min(1, epochs - 1), epochs)).median();
  }

  private List<DataSet> minibatches(int images) {
    List<DataSet> minibatches = new ArrayList<>();
    for (int from = 0; from < images; from += batch) {
      INDArray x = Nd4j.rand(DataType.FLOAT, Math.min(batch, images - from), pixels);
      minibatches.add(new DataSet(x, x));
    }
    return minibatches;
  }

  private MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .seed(SEED)
        .weightInit(WeightInit.XAVIER)
        .updater(new Adam(1e-3, 0.9, 0.999, 1e-4))
        .list()
        .layer(dense(pixels, hidden, Activation.TANH))
        .layer(dense(hidden, hidden, Activation.TANH))
        .layer(dense(hidden, latent, Activation.IDENTITY))
        .layer(dense(latent, hidden, Activation.TANH))
        .layer(dense(hidden, hidden, Activation.TANH))
        .layer(
            new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                .nIn(hidden)
                .nOut(pixels)
                .activation(Activation.SIGMOID)
                .build())
        .build();
  }

  private static DenseLayer dense(int in, int out, Activation activation) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
  }

  private ParameterAveragingTrainingMaster master() {
    return new ParameterAveragingTrainingMaster.Builder(workers, batch)
        .batchSizePerWorker(batch)
        .averagingFrequency(every)
        .saveUpdater(true)
        .storageLevel(null)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .rngSeed(SEED)
        .build();
  }
}
