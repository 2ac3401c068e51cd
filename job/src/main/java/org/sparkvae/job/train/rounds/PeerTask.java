package org.sparkvae.job.train.rounds;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.exchange.Peers;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.Pool;
import org.sparkvae.job.train.worker.ShardImages;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.ShardWorker;
import org.sparkvae.job.train.worker.WorkerSpec;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/**
 * A shard's part in all rounds of an epoch, as Spark runs it in a barrier stage: after every round
 * each shard gets its part of all weights, averages it, and passes the average on.
 */
final class PeerTask extends AbstractFunction1<Iterator<DataSet>, Iterator<ShardEpoch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Plan plan;
  private final Broadcast<Weights> start;

  /**
   * A task.
   *
   * @param start weights of the first round; its id names the point where the tasks meet
   */
  PeerTask(Plan plan, Broadcast<Weights> start) {
    this.plan = plan;
    this.start = start;
  }

  /**
   * What is to be done.
   *
   * @param spec of the worker
   * @param epoch of the rounds
   * @param rounds how many
   */
  record Plan(WorkerSpec spec, RoundPlan epoch, int rounds) implements Serializable {}

  @Override
  public Iterator<ShardEpoch> apply(Iterator<DataSet> partition) {
    ShardImages images =
        ShardImages.packed(JavaConverters.asJavaIteratorConverter(partition).asJava());
    BarrierTaskContext task = BarrierTaskContext.get();
    ShardEpoch epoch = Pool.lend(plan.spec(), worker -> train(task, images, worker));
    return JavaConverters.asScalaIteratorConverter(List.of(epoch).iterator()).asScala();
  }

  private ShardEpoch train(BarrierTaskContext task, ShardImages images, ShardWorker worker) {
    images.keep(worker.kernels());
    Weights common = start.value().copy();
    Peers peers = Peers.meet(task, start.id());
    PartAveraging averaging = new PartAveraging(peers, plan.epoch().outer(), common);
    Weights own = common.like();
    List<ShardRound> results = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    long last = System.nanoTime();
    boolean diverged = false;
    for (int r = 1; r <= plan.rounds() && !diverged; r++) {
      task.killTaskIfInterrupted();
      ShardRound result = worker.train(peers.self(), images, plan.epoch().round(r), common, own);
      results.add(result.withoutWeights());
      diverged = !averaging.average(r, result);
      long now = System.nanoTime();
      seconds.add((now - last) / 1e9);
      last = now;
    }
    return new ShardEpoch(peers.self(), results, seconds, common.part(peers.self(), peers.count()));
  }
}
