package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.fixtures.SparkProcess;

class SparkAlgebraTest {
  private static final String EXECUTORS = "spark.executor.defaultJavaOptions";

  /** What a process that has loaded nothing yet takes. */
  static final class Fresh {
    public static void main(String[] arguments) {
      SparkAlgebra.ofThisProcess();
      System.out.println(BLAS.getInstance().getClass().getSimpleName());
      System.out.println(LAPACK.getInstance().getClass().getSimpleName());
    }
  }

  /** On a machine with libraries of its own, as on one without. */
  @Test
  void aProcessLoadsNoLibraryOfTheMachine() throws Exception {
    Process process =
        SparkProcess.builder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Fresh.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(printed.lines()).hasSize(2).noneMatch(name -> name.startsWith("JNI"));
  }

  @Test
  void executorsAreToldUnlessTheUserSaysOtherwise() {
    String own = "-Ddev.ludovic.netlib.blas.nativeLib=libmkl_rt.so";
    SparkConf conf = new SparkConf(false).set("spark.executor.extraJavaOptions", own);
    SparkAlgebra.ofExecutors(conf);
    assertThat(conf.get(EXECUTORS)).contains("-Ddev.ludovic.netlib.lapack.nativeLib=none");
    assertThat(conf.get(package$.MODULE$.EXECUTOR_JAVA_OPTIONS()).get())
        .startsWith("-Ddev.ludovic.netlib.blas.nativeLib=none ")
        .as("of two, Java takes the last")
        .endsWith(own);
  }
}
