package org.sparkvae.job.train;

import java.util.Collection;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A training master for multi-layer networks on data sets in memory; it refuses what else {@link
 * TrainingMaster} asks for: graphs, exported files, hooks, Deeplearning4j's listeners and
 * statistics.
 */
abstract class MultiLayerOnlyMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private UnsupportedOperationException refusal(String what) {
    return new UnsupportedOperationException(getClass().getSimpleName() + " has no " + what);
  }

  @Override
  public void addHook(TrainingHook hook) {
    throw refusal("hooks");
  }

  @Override
  public void removeHook(TrainingHook hook) {
    throw refusal("hooks");
  }

  @Override
  public String toJson() {
    throw refusal("JSON form");
  }

  @Override
  public String toYaml() {
    throw refusal("YAML form");
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw refusal("Deeplearning4j worker");
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw refusal("Deeplearning4j worker");
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    throw refusal("training on exported files");
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
    throw refusal("training of graphs");
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
    throw refusal("training of graphs");
  }

  @Override
  public void setCollectTrainingStats(boolean collect) {
    if (collect) {
      throw refusal("Deeplearning4j statistics");
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return false;
  }

  @Override
  public SparkTrainingStats getTrainingStats() {
    throw refusal("Deeplearning4j statistics");
  }

  @Override
  public void setListeners(Collection<org.deeplearning4j.optimize.api.TrainingListener> listeners) {
    throw refusal("Deeplearning4j listeners");
  }

  @Override
  public void setListeners(
      StatsStorageRouter router,
      Collection<org.deeplearning4j.optimize.api.TrainingListener> listeners) {
    throw refusal("Deeplearning4j listeners");
  }

  @Override
  public boolean deleteTempFiles(JavaSparkContext context) {
    return true;
  }

  @Override
  public boolean deleteTempFiles(SparkContext context) {
    return true;
  }
}
