package org.sparkvae.job.train.rounds;

import java.util.List;
import java.util.Optional;
import org.sparkvae.job.exchange.Peers;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.train.weights.AveragingRule;
import org.sparkvae.job.train.weights.ShardWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.ShardRound;

/**
 * Averages the weights of all shards, each shard a part of them: a reduce-scatter, then an
 * all-gather (Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
 * workstations", 2009), so that no machine sends or receives more than twice the weights in a
 * round, however many there are.
 */
final class PartAveraging {
  private final Peers peers;
  private final AveragingRule averaging;
  private final Weights common;
  private final Weights part;
  private int previous;

  /**
   * An epoch's averaging.
   *
   * @param common weights of the first round; set to those of the next after every round
   */
  PartAveraging(Peers peers, Outer outer, Weights common) {
    this.peers = peers;
    this.common = common;
    averaging = AveragingRule.of(outer);
    part = common.part(peers.self(), peers.count());
    averaging.prepare(part);
  }

  /**
   * Averages what a round led to.
   *
   * @param round from 1
   * @param result this shard's
   * @return false where a shard diverged; the weights stay as they are
   */
  boolean average(int round, ShardRound result) {
    for (int to = 0; to < peers.count(); to++) {
      if (to != peers.self()) {
        PeerMessage message = PeerMessage.of(result, to, peers.count());
        peers.offer(trained(round, peers.self(), to), message.bytes());
      }
    }
    peers.await();
    takeBackAverage();
    List<PeerMessage> messages =
        peers.fetch(from -> trained(round, from, peers.self()), PeerMessage::read);
    messages.set(peers.self(), PeerMessage.of(result, peers.self(), peers.count()));
    if (messages.stream().anyMatch(m -> m.outcome() == PeerMessage.Outcome.DIVERGED)) {
      return false;
    }
    List<ShardWeights> results =
        messages.stream().map(PeerMessage::weighted).flatMap(Optional::stream).toList();
    averaging.average(results, part, part, 0, 1);
    share(round);
    return true;
  }

  private void share(int round) {
    PeerMessage average = new PeerMessage(PeerMessage.Outcome.TRAINED, 0, part);
    peers.offer(averaged(round, peers.self()), average.bytes());
    previous = round;
    peers.await();
    for (int to = 0; to < peers.count(); to++) {
      if (to != peers.self()) {
        peers.takeBack(trained(round, peers.self(), to));
      }
    }
    List<PeerMessage> averages = peers.fetch(from -> averaged(round, from), PeerMessage::read);
    for (int from = 0; from < peers.count(); from++) {
      Weights values = from == peers.self() ? part : averages.get(from).part();
      common.set(values, from, peers.count());
    }
  }

  /**
   * How many rounds are averaged after so many meetings: one to get to know each other, then two a
   * round.
   */
  static int rounds(int meetings) {
    return Math.max(0, meetings - 1) / 2;
  }

  /** All have fetched the last round's average, as they have come to this round's end. */
  private void takeBackAverage() {
    if (previous > 0) {
      peers.takeBack(averaged(previous, peers.self()));
    }
  }

  private static String trained(int round, int from, int to) {
    return "round" + round + "_" + from + "_" + to;
  }

  private static String averaged(int round, int from) {
    return "round" + round + "_" + from;
  }
}
