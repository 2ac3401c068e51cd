package org.sparkvae.job.compute;

import java.io.File;
import org.apache.spark.SparkEnv;

/** The native libraries of a Spark process: those of the job's jar, and none of Spark's. */
public final class NativeLibraries {
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";
  private static final String JNA = "jna.tmpdir";

  private NativeLibraries() {}

  /**
   * To be called in a Spark process before ND4J or Spark's machine learning is touched: Spark takes
   * none, and those of ND4J and of what calls drivers are unpacked into Spark's own temporary
   * folder, which goes with the process, unless JavaCPP's or JNA's property names a place. The
   * defaults are the home directory, which in a container may be read-only or not there, and the
   * system's folder for temporary files.
   */
  public static void prepare() {
    SparkAlgebra.ofThisProcess();
    unpack(CACHE, "javacpp");
    unpack(JNA, "jna");
  }

  private static void unpack(String property, String name) {
    if (System.getProperty(property) == null) {
      File[] folders = SparkEnv.get().blockManager().diskBlockManager().localDirs();
      System.setProperty(property, new File(folders[0], name).getPath());
    }
  }
}
