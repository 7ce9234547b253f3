package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A page of consent waits for numbers, but not for long.
class CountsInTimeTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final List<ResourceScope> SCOPES =
      ScopeSet.parse("patient/Goal.rs patient/Device.rs patient/Condition.rs")
          .resourceScopes()
          .toList();

  private final CountDownLatch end = new CountDownLatch(1);

  private static Map<ResourceScope, Integer> asked(CountsInTime counts) {
    return counts.count("ana", "Patient/ana", SCOPES);
  }

  private int hanging() {
    try {
      assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("It was interrupted", e);
    }
    return 3;
  }

  @Test
  void whatIsCountedInTimeIsKnown() {
    try (var reads = new BesideThePage(LONG)) {
      var counts = new CountsInTime((patient, user, scope) -> scope.type().length(), reads);
      assertThat(asked(counts))
          .isEqualTo(Map.of(SCOPES.get(0), 4, SCOPES.get(1), 6, SCOPES.get(2), 9));
    }
  }

  @Test
  void aStoreThatHangsHidesOnlyWhatWasNotCountedYet() {
    try (var reads = new BesideThePage(SHORT)) {
      var counts =
          new CountsInTime(
              (patient, user, scope) -> scope.type().equals("Goal") ? 1 : hanging(), reads);
      // The first count may itself be late on a busy machine.
      assertThat(asked(counts)).doesNotContainKeys(SCOPES.get(1), SCOPES.get(2));
      end.countDown();
    }
  }

  @Test
  void aStoreThatFailsHidesTheRest() {
    try (var reads = new BesideThePage(LONG)) {
      var counts =
          new CountsInTime(
              (patient, user, scope) -> {
                if (scope.type().equals("Device")) {
                  throw new IllegalStateException("no store");
                }
                return 1;
              },
              reads);
      assertThat(asked(counts)).isEqualTo(Map.of(SCOPES.getFirst(), 1));
    }
  }

  @Test
  void pagesBeyondAFewDoNotWaitForAStoreThatHangs() {
    try (var reads = new BesideThePage(SHORT)) {
      var counts = new CountsInTime((patient, user, scope) -> hanging(), reads);
      for (int page = 0; page < 20; page++) {
        assertThat(asked(counts)).isEmpty();
      }
      end.countDown();
    }
  }
}
