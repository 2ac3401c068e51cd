package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UnsuitableJavaExceptionTest {
  @Test
  void saysWhatToInstallWhereHadoopCannotTellTheUser() {
    Throwable thrown =
        catchThrowable(
            () ->
                UnsuitableJavaException.check(
                    25,
                    () -> {
                      throw new UnsupportedOperationException("getSubject is not supported");
                    }));

    Failure failure = Failure.of(thrown);
    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.explained()).isTrue();
    assertThat(failure.line())
        .isEqualTo(
            "Spark 3.5.5 does not run on Java 25 (getSubject is not supported): install JDK 17,"
                + " and set JAVA_HOME to it");
  }

  @Test
  void leavesANewerHadoopToRunOnANewerJava() {
    assertThatCode(() -> UnsuitableJavaException.check(25, () -> {})).doesNotThrowAnyException();
  }

  @Test
  void leavesOtherFailuresToSpark() {
    assertThatCode(
            () ->
                UnsuitableJavaException.check(
                    25,
                    () -> {
                      throw new IOException("no ticket");
                    }))
        .doesNotThrowAnyException();
  }

  @Test
  void asksNothingWhereTheAnswerIsKnown() {
    assertThatCode(
            () ->
                UnsuitableJavaException.check(
                    22,
                    () -> {
                      throw new AssertionError("asked");
                    }))
        .doesNotThrowAnyException();
    assertThatCode(UnsuitableJavaException::check).doesNotThrowAnyException();
  }
}
