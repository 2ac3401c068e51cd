package org.sparkvae.job;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Lets this process die as if the machine had killed it: of SIGKILL, with nothing cleared up. */
final class Death {
  private Death() {}

  /** Does not return. */
  static void now() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      new CountDownLatch(1).await();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
