package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.events.LambdaContext;
import dev.latchkey.http.Json;
import dev.latchkey.registration.InitialAccessToken;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An operator lets a developer register apps.
class InitialTokenCommandsTest {
  private static final Map<String, Object> ISSUE =
      Map.of(
          "command", "issue-initial-access-token", "label", "Dr. Example", "scope", "patient/*.rs");

  private final LocalWiring local = LocalWiring.start();
  private final OperatorFunction operator = new OperatorFunction(local.wiring());
  private final LambdaContext log = new LambdaContext();

  @Test
  void theTokenIsShownOnceAndItsHashIsKept() {
    var answer = OperatorCall.of(ISSUE).to(operator, log);

    var token = String.valueOf(answer.get("initial_access_token"));
    var kept = find(SecretHash.of(token)).orElseThrow();
    assertThat(token).startsWith("iat1_");
    assertThat(answer).containsEntry("token", kept.hash().value());
    assertThat(kept.label()).isEqualTo("Dr. Example");
    assertThat(kept.usesLeft()).isEqualTo(1);
    assertThat(kept.allowance().level()).isEqualTo(IdentityLevel.REGISTERED);
    assertThat(kept.allowance().backendServices()).isFalse();
    assertThat(kept.expiresAt())
        .isEqualTo(local.clock().instant().plus(Duration.ofDays(1)).getEpochSecond());
    assertThat(log.lines().toString()).doesNotContain(token, "Dr. Example");
  }

  @Test
  void aDryRunIssuesNone() {
    var dry = new HashMap<>(ISSUE);
    dry.put("dryRun", true);

    var answer = OperatorCall.of(dry).to(operator);

    assertThat(answer)
        .containsEntry("outcome", "dry-run")
        .doesNotContainKey("initial_access_token");
    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void aTokenCanBeTakenBackByItsId() {
    var issued = OperatorCall.of(ISSUE).to(operator);
    Map<String, Object> revoke =
        Map.of(
            "command", "revoke-initial-access-token", "token", String.valueOf(issued.get("token")));

    assertThat(OperatorCall.of(revoke).to(operator)).containsEntry("outcome", "done");

    assertThat(find(new SecretHash(String.valueOf(issued.get("token"))))).isEmpty();
    assertThat(OperatorCall.of(revoke).to(operator)).containsEntry("error", "unknown_token");
  }

  @Test
  void theListNamesThoseThatWorkAndShowsNone() {
    var issued = OperatorCall.of(ISSUE).to(operator);
    var list = Map.<String, Object>of("command", "list-initial-access-tokens");

    var listed = OperatorCall.of(list).to(operator, log);

    assertThat(listed.get("tokens"))
        .isEqualTo(
            List.of(
                Map.of(
                    "token",
                    issued.get("token"),
                    "label",
                    "Dr. Example",
                    "identity",
                    "registered",
                    "backendServices",
                    false,
                    "usesLeft",
                    1,
                    "expiresAt",
                    issued.get("expiresAt"),
                    "scope",
                    "patient/*.rs")));
    assertThat(log.lines().toString()).doesNotContain("Dr. Example");
    local.clock().advance(Duration.ofDays(1));
    assertThat(OperatorCall.of(list).to(operator)).containsEntry("tokens", List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"uses\": 0}|A token works for 1 to 1000 registrations.",
        "{\"hours\": 0}|A token lasts up to 90 days.",
        "{\"hours\": 2161}|A token lasts up to 90 days.",
        "{\"label\": \" \"}|A token needs a label that says whom it is for.",
        "{\"scope\": \"patient/*.rs patient/*.read everything\"}|These are no scopes here:"
            + " everything.",
        "{\"scope\": null}|Send scope as a string.",
        "{\"identity\": \"anybody\"}|Send identity as one of: registered, unverified, verified.",
      })
  void whatMakesNoSenseIsRefusedAndIssuesNothing(String changed, String description) {
    var request = new HashMap<>(ISSUE);
    request.putAll(Json.readObject(changed));

    assertThat(OperatorCall.of(request).to(operator))
        .containsEntry("error", "invalid_request")
        .containsEntry("description", description);
    assertThat(local.calls().writes()).isZero();
  }

  private Optional<InitialAccessToken> find(SecretHash hash) {
    return local.wiring().stores().initialAccessTokens().find(hash, local.clock().instant());
  }
}
