package org.sparkvae.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class InheritedTest {
  private final Inherited<Object> inherited = new Inherited<>(Object::new);

  @Test
  void aThreadKeepsWhatItHas() {
    assertThat(inherited.get()).isSameAs(inherited.get());
  }

  @Test
  void threadsThatLiveTogetherHaveDifferentOnes() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    CompletableFuture<Object> other = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              other.complete(inherited.get());
              try {
                together.await();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    assertThat(inherited.get()).isNotSameAs(other.get());
    together.await();
    thread.join();
  }

  @Test
  void aThreadLeavesItsOwnToALaterOne() throws Exception {
    Object mine = inherited.get();
    Object first = elsewhere();
    assertThat(first).isNotSameAs(mine);
    assertThat(elsewhere()).isSameAs(first);
    assertThat(elsewhere()).isSameAs(first);
  }

  private Object elsewhere() throws Exception {
    CompletableFuture<Object> got = new CompletableFuture<>();
    Thread thread = new Thread(() -> got.complete(inherited.get()));
    thread.start();
    thread.join();
    return got.get();
  }
}
