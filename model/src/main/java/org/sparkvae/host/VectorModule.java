package org.sparkvae.host;

/** The module of the JDK's Vector API, which the loops over vectors need. */
public final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  /** The last Java whose Vector API reads byte buffers, as the loops do. */
  private static final int LAST_WITH_BUFFERS = 18;

  private VectorModule() {}

  /** Whether this JVM was started with it, in the form that the loops need. */
  public static boolean isPresent() {
    return Runtime.version().feature() <= LAST_WITH_BUFFERS
        && ModuleLayer.boot().findModule(NAME).isPresent();
  }
}
