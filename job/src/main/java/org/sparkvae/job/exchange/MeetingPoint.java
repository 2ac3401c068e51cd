package org.sparkvae.job.exchange;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * The driver's end of {@link Rendezvous}: it answers the tasks of a barrier stage when all have
 * come.
 *
 * <p>Spark's own barrier would do, but that its tasks look for the answer once a second only, and
 * that it leaves a thread behind which keeps the driver from ending.
 */
public final class MeetingPoint implements ThreadSafeRpcEndpoint {
  private final RpcEnv rpc;
  private final Map<Meeting, Guests> waiting = new HashMap<>();
  private final RpcEndpointRef address;
  private volatile int held;

  /**
   * A point that tasks find by its name, until it is closed.
   *
   * @param rpc of the driver
   */
  public MeetingPoint(RpcEnv rpc, String name) {
    this.rpc = rpc;
    address = rpc.setupEndpoint(name, this);
  }

  @Override
  public RpcEnv rpcEnv() {
    return rpc;
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext guest) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Object message) {
        return message instanceof Arrival;
      }

      @Override
      public BoxedUnit apply(Object message) {
        welcome((Arrival) message, guest);
        return BoxedUnit.UNIT;
      }
    };
  }

  private void welcome(Arrival arrival, RpcCallContext guest) {
    Guests guests =
        waiting.computeIfAbsent(arrival.meeting(), meeting -> new Guests(arrival.tasks()));
    guests.add(arrival, guest);
    if (guests.areAll()) {
      waiting.remove(arrival.meeting());
      held = arrival.meeting().number() + 1;
      guests.answer();
    }
  }

  /** How many meetings all tasks have come to. */
  public int held() {
    return held;
  }

  /** Ends the point; tasks that still wait are not answered. */
  public void close() {
    rpc.stop(address);
  }

  /**
   * One of the meetings of a stage.
   *
   * @param stage its id
   * @param attempt of the stage
   * @param number from 0
   */
  record Meeting(int stage, int attempt, int number) implements Serializable {}

  /**
   * A task has come to a meeting.
   *
   * @param task its number
   * @param tasks how many are to come
   * @param message for the others
   */
  record Arrival(Meeting meeting, int task, int tasks, String message) implements Serializable {}

  /** Those who have come to a meeting. */
  private static final class Guests {
    private final String[] messages;
    private final RpcCallContext[] contexts;
    private int come;

    Guests(int tasks) {
      messages = new String[tasks];
      contexts = new RpcCallContext[tasks];
    }

    void add(Arrival arrival, RpcCallContext context) {
      come += contexts[arrival.task()] == null ? 1 : 0;
      messages[arrival.task()] = arrival.message();
      contexts[arrival.task()] = context;
    }

    boolean areAll() {
      return come == contexts.length;
    }

    void answer() {
      for (RpcCallContext context : contexts) {
        context.reply(messages);
      }
    }
  }
}
