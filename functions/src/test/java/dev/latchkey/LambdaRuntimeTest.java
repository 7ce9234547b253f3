package dev.latchkey;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.RemoteReplay;
import dev.latchkey.events.TemplateFunctions;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions as Lambda runs them: the files that are deployed, in a process of their own, under the
/// runtime interface client that Lambda starts Java functions with. [EventReplayTest] replays every
/// event, but in this process and on its class path.
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's runtime interface client is for Linux")
class LambdaRuntimeTest {
  private static final Set<String> AT_LENGTH = Set.of("token", "interaction", "operator");

  /// An event for each of the others, whose answer names no time.
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          entry("apps", "list"),
          entry("authorize", "standalone-launch-starts-sign-in"),
          entry("authorizer", "revoked"),
          entry("healthlake", "another-data-store"),
          entry("introspect", "access-token-of-a-revoked-family"),
          entry("jwks", "published-keys"),
          entry("keyset", "loopback-address"),
          entry("logout", "id-token-ends-the-session"),
          entry("metadata", "openid-configuration"),
          entry("par", "push"),
          entry("portal", "keys-where-there-is-none"),
          entry("refresh", "rotates"),
          entry("register", "app-is-removed"),
          entry("revoke", "refresh-token-revokes-its-family"),
          entry("signinpage", "reject"),
          entry("userinfo", "get"));

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

  @ParameterizedTest
  @MethodSource("others")
  void everyOtherFunctionStartsAndAnswers(String name) throws IOException {
    answersAsExpected(name, Objects.requireNonNull(OTHERS.get(name), "an event for it"));
  }

  static Stream<String> others() {
    return TemplateFunctions.read().names().stream().filter(name -> !AT_LENGTH.contains(name));
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
          .as("ten connections with fifty requests each, and no operation")
          .containsExactlyElementsOf(Collections.nCopies(500, "GET /ping"));
      function.restore();
      assertThat(function.calls()).as("nothing more before the first event").hasSize(500);
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
          .containsExactlyElementsOf(Collections.nCopies(500, "GET /ping"));
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
