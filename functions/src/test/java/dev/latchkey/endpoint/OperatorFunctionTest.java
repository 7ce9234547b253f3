package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.events.LambdaContext;
import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.secret.Entropy;
import dev.latchkey.wiring.Wiring;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The commands about token keys. The events in `events/operator` show each answer in full.
class OperatorFunctionTest {
  private final LocalWiring local = LocalWiring.start();
  private final OperatorFunction function = new OperatorFunction(local.wiring());

  @Test
  void listsNoKeyMaterial() {
    local.wiring().tokenKeys().current();

    var answer = OperatorCall.of("list-token-keys").to(function);

    assertThat(states(answer)).containsExactly("CURRENT");
    var wrapped = local.wiring().stores().tokenKeys().all().getFirst().wrapped();
    assertThat(answer.toString())
        .doesNotContain(Base64.getEncoder().encodeToString(wrapped).substring(0, 12))
        .doesNotContain("wrapped");
    assertThat(local.calls().of("decrypt")).isEqualTo(1);
  }

  @Test
  void anEmptyRingIsListedAsSuch() {
    assertThat(OperatorCall.of("list-token-keys").to(function))
        .containsEntry("outcome", "done")
        .containsEntry("keys", List.of());
    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void aRotationThatIsSentTwicePlansOneKey() {
    local.wiring().tokenKeys().current();

    var first = OperatorCall.of("rotate-token-key").to(function);
    var second = OperatorCall.of("rotate-token-key").to(function);

    assertThat(first).containsEntry("keyId", 2);
    assertThat(second).containsEntry("keyId", 2).containsEntry("changes", List.of());
    assertThat(second.get("usableFrom")).isEqualTo(first.get("usableFrom"));
    assertThat(states(OperatorCall.of("list-token-keys").to(function)))
        .containsExactly("CURRENT", "NEXT");
  }

  @Test
  void whereNoKeyIsInUseARotationWaitsForNothing() {
    assertThat(OperatorCall.of("rotate-token-key").to(function))
        .containsEntry("usableFrom", local.clock().instant().toString());
    assertThat(local.wiring().tokenKeys().current().id()).isEqualTo(1);
  }

  @Test
  void retiringOneOfTwoMakesNoThird() {
    local.wiring().tokenKeys().current();
    local.wiring().tokenKeys().add(local.clock().seconds());

    var answer = retire(2, false);

    assertThat(answer).containsEntry("remaining", 1);
    assertThat(states(OperatorCall.of("list-token-keys").to(function)))
        .containsExactly("CURRENT", "RETIRED");
  }

  /// The planned key would leave two minutes without any that makes tokens.
  @Test
  void retiringTheLastUsableKeyMakesOneAtOnceAlsoWhenAnotherIsPlanned() {
    local.wiring().tokenKeys().current();
    OperatorCall.of("rotate-token-key").to(function);

    var answer = retire(1, false);

    assertThat(answer).containsEntry("remaining", 2);
    assertThat(states(OperatorCall.of("list-token-keys").to(function)))
        .containsExactly("RETIRED", "NEXT", "CURRENT");
  }

  @Test
  void retiringAllSparesNoneThatWasThereBefore() {
    local.wiring().tokenKeys().current();
    local.wiring().tokenKeys().add(local.clock().seconds());
    OperatorCall.of("rotate-token-key").to(function);

    assertThat(OperatorCall.of("retire-all-token-keys").to(function)).containsEntry("remaining", 1);
    assertThat(states(OperatorCall.of("list-token-keys").to(function)))
        .containsExactly("RETIRED", "RETIRED", "RETIRED", "CURRENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rotate-token-key", "retire-token-key", "retire-all-token-keys"})
  void aDryRunSaysTheSameAndChangesNothing(String command) {
    local.wiring().tokenKeys().current();
    local.calls().reset();
    var request =
        command.equals("retire-token-key")
            ? Map.<String, Object>of("command", command, "keyId", 1)
            : Map.<String, Object>of("command", command);
    var dry = new HashMap<>(request);
    dry.put("dryRun", true);

    var said = OperatorCall.of(dry).to(function);

    assertThat(local.calls().counts()).containsOnly(entry("query", 1));
    var done = OperatorCall.of(request).to(function);
    assertThat(said).containsEntry("outcome", "dry-run");
    assertThat(done).containsEntry("outcome", "done");
    assertThat(said.get("changes")).isEqualTo(done.get("changes")).isNotEqualTo(List.of());
  }

  @Test
  void withoutAnIdLeftNothingIsRetiredThatIsStillNeeded() {
    local.wiring().stores().tokenKeys().putIfAbsent(WrappedTokenKey.of(255, new byte[] {1}, 0));

    for (var answer :
        List.of(
            OperatorCall.of("rotate-token-key").to(function),
            OperatorCall.of("retire-all-token-keys").to(function),
            retire(255, false))) {
      assertThat(answer).containsEntry("error", "no_key_id_left");
    }
    assertThat(states(OperatorCall.of("list-token-keys").to(function))).containsExactly("CURRENT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|Send command as a string.",
        "{\"command\": 1}|Send command as a string.",
        "{\"command\": null}|Send command as a string.",
        "{\"command\": \"retire-token-key\"}|Send keyId as a whole number.",
        "{\"command\": \"retire-token-key\", \"keyId\": 1.0}|Send keyId as a whole number.",
        "{\"command\": \"retire-token-key\", \"keyId\": 99999999999}|Send keyId as a whole number.",
        "{\"command\": \"retire-token-key\", \"keyId\": 256}|keyId has to be between 0 and 255.",
        "{\"command\": \"retire-token-key\", \"keyId\": -1}|keyId has to be between 0 and 255.",
        "{\"command\": \"rotate-token-key\", \"dryRun\": \"true\"}|Send dryRun as true or false.",
        "{\"command\": \"rotate-token-key\", \"dryRun\": null}|Send dryRun as true or false.",
        "{\"command\": \"rotate-token-key\", \"keyId\": 1}|This command takes nothing but: command, dryRun.",
        "[]|Send one JSON object, such as {\"command\": \"list-token-keys\"}.",
        "\"list-token-keys\"|Send one JSON object, such as {\"command\": \"list-token-keys\"}.",
        "{\"command\"|Send one JSON object, such as {\"command\": \"list-token-keys\"}.",
      })
  void whatIsNoCommandIsRefusedWithWhatToFix(String payload, String description) {
    assertThat(new OperatorCall(payload).to(function))
        .containsOnly(entry("error", "invalid_request"), entry("description", description));
    assertThat(local.calls().counts()).isEmpty();
  }

  @Test
  void anOutageIsSaidAndNotGuessedOver() {
    var cutOff = new AwsClients(Faults.unreachable(DynamoDbClient.class), local.aws().kms());
    var wiring = Wiring.from(local.settings(), cutOff, _ -> {}, local.clock(), Entropy.secure());

    assertThat(OperatorCall.of("retire-all-token-keys").to(new OperatorFunction(wiring)))
        .containsEntry("error", "unavailable")
        .containsEntry(
            "description",
            "DynamoDB is not available. The command may be half done. Send it again.");
  }

  @Test
  void everyCommandIsLoggedWithWhatItChanged() {
    var context = new LambdaContext();
    OperatorCall.of("rotate-token-key").to(function, context);
    OperatorCall.of("no-such-command").to(function, context);

    assertThat(context.lines().getFirst())
        .contains("\"event\":\"operator\"", "\"command\":\"rotate-token-key\"", "Key 1 is added");
    assertThat(context.lines().getLast())
        .contains("\"error\":\"invalid_request\"")
        .doesNotContain("no-such-command");
  }

  private Map<String, Object> retire(int id, boolean dryRun) {
    return OperatorCall.of(Map.of("command", "retire-token-key", "keyId", id, "dryRun", dryRun))
        .to(function);
  }

  private static List<String> states(Map<String, Object> answer) {
    var keys = (List<?>) Objects.requireNonNull(answer.get("keys"));
    return keys.stream().map(key -> String.valueOf(((Map<?, ?>) key).get("state"))).toList();
  }
}
