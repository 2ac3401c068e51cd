package org.sparkvae.job.train;

import java.util.function.Consumer;

/**
 * Something of Spark's that is let go of after its use. Where the use fails, that is what is told,
 * also where letting go then fails, too: a context that was stopped refuses it.
 *
 * @param <T> what is held
 * @param release lets go of it
 */
record Held<T>(T it, Consumer<T> release) implements AutoCloseable {
  @Override
  public void close() {
    release.accept(it);
  }
}
