package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.operator.Operator;
import dev.latchkey.operator.OperatorStores;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningKeys;
import dev.latchkey.signing.SigningSchedules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands that move signing keys, and the steps that they refuse.
class OperatorSigningKeysTest {
  private static final String FIRST = InProcessKms.SIGNING_KEY;
  private static final String SECOND = InProcessKms.NEXT_SIGNING_KEY;
  private static final String THIRD = InProcessKms.NEXT_SIGNING_KEY + "-but-one";

  private final LocalWiring local = LocalWiring.start();
  private final SigningSchedules kept = local.wiring().stores().signingSchedules();
  private final OperatorFunction operator = new OperatorFunction(local.wiring());

  @Test
  void aKeySignsOnlyWhenItHasBeenPublishedForADay() {
    assertChanged(send("add-signing-key", SECOND));
    local.clock().advance(Duration.ofHours(24).minusSeconds(1));

    assertThat(send("plan-signing-keys"))
        .containsEntry("step", "PROMOTE")
        .containsEntry("key", SECOND)
        .containsEntry("notBefore", "2036-03-02T12:00:00Z")
        .containsEntry("isDue", false);
    assertThat(send("apply-signing-keys"))
        .containsEntry("error", "too_early")
        .containsEntry(
            "description",
            "Key %s has been published since 2036-03-01T12:00:00Z. It signs not before 2036-03-02T12:00:00Z."
                .formatted(SECOND));
    assertThat(schedule()).startsWith("NEXT=" + SECOND).contains(",CURRENT=" + FIRST);

    local.clock().advance(Duration.ofSeconds(1));
    assertChanged(send("apply-signing-keys"));
    assertThat(schedule()).startsWith("CURRENT=" + SECOND).contains(",RETIRED=" + FIRST);
  }

  @Test
  void aKeyIsRemovedOnlyWhenItsTokensHaveEnded() {
    rotate();
    local.clock().advance(Duration.ofHours(3).minusSeconds(1));

    assertThat(send("plan-signing-keys"))
        .containsEntry("step", "REMOVE")
        .containsEntry("key", FIRST)
        .containsEntry("isDue", false);
    assertThat(send("apply-signing-keys"))
        .containsEntry("error", "too_early")
        .containsEntry(
            "description",
            "Key %s was retired at 2036-03-02T12:00:00Z. Its tokens may live, so it is removed not before 2036-03-02T15:00:00Z."
                .formatted(FIRST));

    local.clock().advance(Duration.ofSeconds(1));
    assertChanged(send("apply-signing-keys"));
    assertThat(schedule()).startsWith("CURRENT=" + SECOND).doesNotContain(FIRST + "@");
    assertThat(send("apply-signing-keys")).containsEntry("changes", List.of());
  }

  @Test
  void aKeyThatIsPublishedBeforehandWaitsForTheRetiredOneToGo() {
    rotate();
    assertChanged(send("add-signing-key", THIRD));
    local.clock().advance(Duration.ofHours(24));

    assertChanged(send("apply-signing-keys"));
    assertThat(schedule()).contains("NEXT=" + THIRD, "CURRENT=" + SECOND);
    assertChanged(send("apply-signing-keys"));
    assertThat(schedule()).contains("CURRENT=" + THIRD, "RETIRED=" + SECOND);
  }

  @Test
  void anAddedKeyIsAddedOnceAndNoOtherBesideIt() {
    send("add-signing-key", SECOND);
    var before = schedule();
    local.clock().advance(Duration.ofHours(1));

    assertThat(send("add-signing-key", SECOND)).containsEntry("changes", List.of());
    assertThat(send("add-signing-key", THIRD)).containsEntry("error", "next_key_exists");
    assertThat(schedule()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "alias/latchkey/signing", "arn:aws:kms:eu-west-1:000000000000:alias/a"})
  void whatIsNoArnOfAKeyIsNotAdded(String key) {
    assertThat(send("add-signing-key", key))
        .containsEntry("error", "invalid_request")
        .containsEntry("description", "key has to be the ARN of a KMS key.");
  }

  @Test
  void aKeyThatKmsDoesNotGiveAwayIsNotPublished() {
    assertThat(send("add-signing-key", InProcessKms.TOKEN_KEY))
        .containsEntry("error", "unusable_key");
    assertThat(kept.find()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply-signing-keys", "drop-signing-key", "add-signing-key"})
  void aDryRunSaysWhatWouldHappenAndChangesNothing(String command) {
    var key = command.startsWith("add") ? THIRD : FIRST;
    if (!command.startsWith("add")) {
      send("add-signing-key", SECOND);
      local.clock().advance(Duration.ofHours(24));
    }
    var before = kept.find();
    local.calls().reset();
    var request =
        command.startsWith("apply")
            ? Map.<String, Object>of("command", command, "dryRun", true)
            : Map.<String, Object>of("command", command, "key", key, "dryRun", true);

    var answer = OperatorCall.of(request).to(operator);

    assertThat(answer).containsEntry("outcome", "dry-run");
    assertThat((List<?>) answer.get("changes")).isNotEmpty();
    assertThat(local.calls().writes()).isZero();
    assertThat(kept.find()).isEqualTo(before);
  }

  @Test
  void aKnownKeyIsDroppedAtOnceAndWhatBreaksIsSaid() {
    send("add-signing-key", SECOND);
    local.clock().advance(Duration.ofMinutes(10));

    var dropped = send("drop-signing-key", FIRST);

    assertThat(dropped)
        .containsEntry("effectiveBy", "2036-03-01T12:11:00Z")
        .containsEntry(
            "changes",
            List.of(
                "Key %s is dropped and published no more.".formatted(FIRST),
                "Every access token and id token that it signed is refused. Refresh tokens work"
                    + " on.",
                "Verifiers that hold a copy of the key set may accept its tokens until"
                    + " 2036-03-01T12:12:00Z.",
                "Key %s signs at once.".formatted(SECOND)));
    assertThat(schedule()).startsWith("CURRENT=" + SECOND).doesNotContain(FIRST + "@");
  }

  @Test
  void whoHasAnOlderKeySetRefusesAKeyThatWasPublishedOnlyNow() {
    send("add-signing-key", SECOND);
    local.clock().advance(Duration.ofSeconds(30));

    assertThat(send("drop-signing-key", FIRST).get("changes"))
        .asString()
        .contains(
            "Verifiers that hold an older copy of the key set refuse its tokens until"
                + " 2036-03-01T12:02:00Z.");
  }

  @Test
  void aRetiredAndANextKeyCanBeDroppedToo() {
    rotate();
    send("add-signing-key", THIRD);

    assertThat((List<?>) send("drop-signing-key", THIRD).get("changes")).hasSize(1);
    assertThat((List<?>) send("drop-signing-key", FIRST).get("changes")).hasSize(3);
    assertThat(schedule()).startsWith("CURRENT=" + SECOND).doesNotContain(",");
  }

  @Test
  void theKeyThatSignsIsNotDroppedWithoutAnother() {
    assertThat(send("drop-signing-key", FIRST)).containsEntry("error", "no_next_key");
    assertThat(send("drop-signing-key", SECOND)).containsEntry("error", "unknown_key");
    assertThat(kept.find()).isEmpty();
  }

  @Test
  void whatSomebodyElseChangedMeanwhileStays() {
    var wiring = local.wiring();
    var keys = new SigningKeys(new Overtaken(kept), wiring.signingKeys().first(), wiring.signer());
    var late =
        Operator.over(
            wiring.tokenKeys(),
            keys,
            new OperatorStores(
                wiring.stores().families(),
                wiring.stores().cutoffs(),
                wiring.stores().clients(),
                wiring.stores().initialAccessTokens(),
                wiring.stores().windowKeys()),
            wiring.registration(),
            wiring.secretHashing(),
            local.clock(),
            wiring.entropy());

    assertThat(late.run(Map.of("command", "add-signing-key", "key", SECOND)).members())
        .containsEntry("error", "changed_meanwhile");
    assertThat(schedule()).contains("NEXT=" + THIRD);
  }

  private void rotate() {
    assertChanged(send("add-signing-key", SECOND));
    local.clock().advance(Duration.ofHours(24));
    assertChanged(send("apply-signing-keys"));
  }

  private String schedule() {
    return kept.find().orElseThrow().text();
  }

  private Map<String, Object> send(String command) {
    return OperatorCall.of(command).to(operator);
  }

  private Map<String, Object> send(String command, String key) {
    return OperatorCall.of(Map.of("command", command, "key", key)).to(operator);
  }

  private static void assertChanged(Map<String, Object> answer) {
    assertThat(answer).containsEntry("outcome", "done");
    assertThat((List<?>) answer.get("changes")).isNotEmpty();
  }

  /// A store in which somebody is faster.
  private record Overtaken(SigningSchedules kept) implements SigningSchedules {
    @Override
    public Optional<KeySchedule> find() {
      return kept.find();
    }

    @Override
    public boolean replace(Optional<KeySchedule> seen, KeySchedule changed) {
      kept.replace(
          seen, KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY + ",NEXT=" + THIRD));
      return kept.replace(seen, changed);
    }
  }
}
