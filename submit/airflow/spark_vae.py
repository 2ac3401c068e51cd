"""Trains a VAE every day, evaluates it, and fails where its test NLL is worse than a bound.

Put this file into Airflow's folder of DAGs. It needs apache-airflow-providers-apache-spark, a Spark connection
`spark_default`, and spark-submit on the workers; JAVA_HOME of all of Spark is 17 to 22. Parameters of a run:

  jar            the job's jar, where spark-submit finds it: a local path, or a URI of HDFS
  configuration  HOCON, a URI that the driver can read, such as hdfs:///vae/mnist.conf; ${SPARK_VAE_DATE} in it is the
                 run's date, as in data.train.path = "hdfs:///images/"${SPARK_VAE_DATE}
  runs           where the run directories go, one a date
  bound          the worst test NLL that passes, nats an image

Deploy mode cluster is for YARN and Kubernetes. With a standalone cluster, use client mode: in cluster mode there,
Airflow's operator refuses the environment variables that the tasks set.

Retries are safe: a task that is started again goes on with its run directory where the last try stopped, and does
nothing where that was done. The check is a small program of the same jar: it reads summary.json as the job wrote it,
on any file system of Hadoop's, from the worker (deploy mode client, no executors).

Tested on Python 3.11 without Airflow: it imports, and builds these tasks, against a stand-in whose SparkSubmitOperator
has the parameters of the real one's source (the provider for Airflow 2 and 3); the program of the check is tested by
itself. No scheduler has run it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

try:
    from airflow.sdk import DAG, Param
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.models.param import Param
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

JAVA_OPTIONS = (
    "--add-modules jdk.incubator.vector -Djava.awt.headless=true"
    " -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000"
)

# What submit/cluster sets too.
CONF = {
    "spark.driver.defaultJavaOptions": JAVA_OPTIONS + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0",
    "spark.executor.defaultJavaOptions": JAVA_OPTIONS,
    "spark.executorEnv.OMP_NUM_THREADS": "1",
    "spark.yarn.appMasterEnv.OMP_NUM_THREADS": "1",
    "spark.kubernetes.driverEnv.OMP_NUM_THREADS": "1",
    "spark.driver.memoryOverheadFactor": "0.4",
    "spark.executor.memoryOverheadFactor": "0.4",
}

RUN_DIRECTORY = "{{ params.runs }}/{{ ds }}"


def stage(name: str) -> SparkSubmitOperator:
    """A stage of the job's pipeline; executors, memory and deploy mode are the connection's, or set here."""
    return SparkSubmitOperator(
        task_id=name,
        name=f"spark-vae {name} {{{{ ds }}}}",
        application="{{ params.jar }}",
        java_class="org.sparkvae.job.VaeJob",
        application_args=[
            "{{ params.configuration }}",
            f"run.directory={RUN_DIRECTORY}",
            f"pipeline=[{name}]",
            "report.progress=off",
        ],
        conf=CONF,
        env_vars={"OMP_NUM_THREADS": "1", "SPARK_VAE_DATE": "{{ ds }}"},
    )


with DAG(
    dag_id="spark_vae",
    description="Train a VAE, evaluate it, check its test NLL",
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # Two tries of one date at once would find the run directory in use.
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=2)},
    params={
        "jar": Param("/opt/spark-vae/spark-vae-job.jar", type="string"),
        "configuration": Param("hdfs:///vae/mnist.conf", type="string"),
        "runs": Param("hdfs:///vae/runs", type="string"),
        "bound": Param(100.0, type="number"),
    },
    tags=["spark-vae"],
    doc_md=__doc__,
) as dag:
    check = SparkSubmitOperator(
        task_id="check",
        name="spark-vae check {{ ds }}",
        application="{{ params.jar }}",
        java_class="org.sparkvae.job.NllCheck",
        application_args=[RUN_DIRECTORY, "{{ params.bound }}"],
        # It starts no Spark session, which only a driver on the worker may do.
        deploy_mode="client",
        # Asked again, it says the same.
        retries=0,
    )
    stage("train") >> stage("evaluate") >> check
