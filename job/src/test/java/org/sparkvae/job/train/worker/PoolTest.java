package org.sparkvae.job.train.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.fixtures.TwoSlots;

@ExtendWith(TwoSlots.class)
class PoolTest {
  private record Number(int value) implements Pool.Key<Object> {
    @Override
    public Object create() {
      return new Object();
    }
  }

  @Test
  void lendsAnObjectToOneAtATimeAndKeepsIt() {
    Object first = Pool.borrow(new Number(1));
    Object second = Pool.borrow(new Number(1));
    assertThat(second).isNotSameAs(first);
    assertThat(Pool.idle(new Number(1))).isZero();

    Pool.giveBack(new Number(1), first);
    assertThat(Pool.borrow(new Number(2))).isNotSameAs(first);
    assertThat(Pool.borrow(new Number(1))).isSameAs(first);
  }

  @Test
  void lendsToWorkAndTakesBack() {
    Object lent = Pool.lend(new Number(4), object -> object);
    assertThat(Pool.borrow(new Number(4))).isSameAs(lent);
  }

  /** A key that cannot be looked for any more, as objects of a GPU that broke. */
  private static final class Brittle implements Pool.Key<Object> {
    private boolean broken;

    @Override
    public Object create() {
      return new Object();
    }

    @Override
    public int hashCode() {
      if (broken) {
        throw new IllegalStateException("what follows");
      }
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  @Test
  void tellsOfWhatFailedFirst() {
    Brittle key = new Brittle();
    IllegalStateException first = new IllegalStateException("what went wrong");
    assertThatThrownBy(
            () ->
                Pool.lend(
                    key,
                    object -> {
                      key.broken = true;
                      throw first;
                    }))
        .isSameAs(first)
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
    key.broken = false;
    Pool.release(key);
  }

  @Test
  void dropsWhatIsReleased() {
    Object idle = Pool.borrow(new Number(3));
    Object onLoan = Pool.borrow(new Number(3));
    Pool.giveBack(new Number(3), idle);

    Pool.release(TwoSlots.context(), new Number(3));
    Pool.giveBack(new Number(3), onLoan);

    assertThat(Pool.idle(new Number(3))).isZero();
    assertThat(Pool.borrow(new Number(3))).isNotSameAs(idle).isNotSameAs(onLoan);
  }
}
