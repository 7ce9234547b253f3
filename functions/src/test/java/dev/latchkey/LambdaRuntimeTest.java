package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.RemoteReplay;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Functions as Lambda runs them: the files that are deployed, in a process of their own, under the
/// runtime interface client that Lambda starts Java functions with. [EventReplayTest] replays every
/// event, but in this process and on its class path.
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's runtime interface client is for Linux")
class LambdaRuntimeTest {
  @Test
  void theTokenFunctionAnswersEveryGrantAndRefusal() throws IOException {
    answersAsExpected(
        "token",
        "preflight",
        "no-body",
        "bad-utf-8",
        "unknown-code",
        "wrong-secret-basic",
        "with-a-client-assertion",
        "backend-service",
        "code-exchange-of-a-public-app",
        "refresh-rotates",
        "refresh-replayed-revokes-family",
        "exchange-for-a-narrower-token");
  }

  @Test
  void theFunctionOfThePagesShowsThemAndDecides() throws IOException {
    answersAsExpected(
        "interaction",
        "bad-utf-8",
        "sign-in-page",
        "sign-in",
        "consent-page",
        "patient-page",
        "allow");
  }

  /// It has no route: its event is the command.
  @Test
  void theOperatorFunctionTakesCommands() throws IOException {
    answersAsExpected(
        "operator", "unknown-command", "show-an-unknown-client", "create-client", "revoke-family");
  }

  /// The hooks around a snapshot run, as they do with SnapStart.
  @Test
  void aCopyOfASnapshotAnswersAndTheSnapshotIsTakenWithoutAnyRight() throws IOException {
    try (var function = RemoteReplay.beforeSnapshot("token")) {
      assertThat(function.calls())
          .as("connections, and no operation")
          .containsExactlyElementsOf(Collections.nCopies(10, "GET /ping"));
      function.restore();
      assertThat(function.calls()).as("nothing more before the first event").hasSize(10);
      assertThat(function.differences("code-exchange-of-a-public-app")).isEmpty();
      assertThat(function.log()).allSatisfy(line -> assertThat(line).startsWith("{"));
    }
  }

  /// `HealthLakeWarmInstances` takes the place of snapshots, and the first request is to be as
  /// quick.
  @Test
  void anInstanceThatIsKeptRunningRehearsesBeforeItCountsAsReady() throws IOException {
    try (var function = RemoteReplay.keptRunning("healthlake")) {
      assertThat(function.calls())
          .as("connections, and no operation")
          .containsExactlyElementsOf(Collections.nCopies(10, "GET /ping"));
    }
  }

  private static void answersAsExpected(String name, String... events) throws IOException {
    try (var function = RemoteReplay.of(name)) {
      assertThat(function.calls()).as("calls to AWS before the first event").isEmpty();
      assertThat(events)
          .allSatisfy(event -> assertThat(function.differences(event)).as(event).isEmpty());
      assertThat(function.log())
          .as("lines of the log are JSON, and repeat nothing that an event carried")
          .allSatisfy(line -> assertThat(line).startsWith("{").doesNotContain("not-a-secret"));
    }
  }
}
