package org.sparkvae.job.exchange;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.util.RpcUtils;
import scala.concurrent.Await;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;

/** Lets the tasks of a barrier stage wait for each other, at a {@link MeetingPoint}. */
final class Rendezvous {
  private static final FiniteDuration CHECK = new FiniteDuration(1, TimeUnit.SECONDS);

  /** None: Spark ends a task that waits for one that is lost. */
  private static final RpcTimeout TIMEOUT =
      new RpcTimeout(new FiniteDuration(365, TimeUnit.DAYS), "none");

  private final BarrierTaskContext task;
  private final RpcEndpointRef point;
  private int meetings;

  /**
   * Of a task.
   *
   * @param point name of the driver's end
   */
  Rendezvous(BarrierTaskContext task, String point) {
    this.task = task;
    SparkEnv env = SparkEnv.get();
    this.point = RpcUtils.makeDriverRef(point, env.conf(), env.rpcEnv());
  }

  /**
   * Waits until all tasks have come here.
   *
   * @param message of this task
   * @return the messages of all, by partition
   */
  String[] meet(String message) {
    MeetingPoint.Arrival arrival =
        new MeetingPoint.Arrival(
            new MeetingPoint.Meeting(task.stageId(), task.stageAttemptNumber(), meetings++),
            task.partitionId(),
            task.numPartitions(),
            message);
    Future<String[]> answer = point.ask(arrival, TIMEOUT, ClassTag$.MODULE$.apply(String[].class));
    while (true) {
      try {
        return Await.result(answer, CHECK);
      } catch (TimeoutException othersAreBusy) {
        task.killTaskIfInterrupted();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", interrupted);
      } catch (RuntimeException failed) {
        throw failed;
      } catch (Exception failed) { // Scala declares none of its exceptions.
        throw new IllegalStateException(failed.getMessage(), failed);
      }
    }
  }
}
