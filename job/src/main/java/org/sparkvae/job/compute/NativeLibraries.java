package org.sparkvae.job.compute;

import java.io.File;
import org.apache.spark.SparkEnv;

/** Where ND4J's native libraries are unpacked from the job's jar. */
public final class NativeLibraries {
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private NativeLibraries() {}

  /**
   * Has them unpacked into Spark's own temporary folder, which goes with the process, unless
   * JavaCPP's property names a place: its default is the home directory, which in a container may
   * be read-only or not there. To be called in a Spark process before ND4J is touched.
   */
  public static void unpackIntoSparksFolder() {
    if (System.getProperty(CACHE) == null) {
      File[] folders = SparkEnv.get().blockManager().diskBlockManager().localDirs();
      System.setProperty(CACHE, new File(folders[0], "javacpp").getPath());
    }
  }
}
