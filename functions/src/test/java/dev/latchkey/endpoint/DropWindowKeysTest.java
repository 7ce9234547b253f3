package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.WindowKeysOn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The operator's command for window keys that others may know.
class DropWindowKeysTest extends WindowKeySuite {
  private static final String COMMAND = "drop-window-keys";

  @Test
  void allOfThemGoAndTheKeyInKmsSignsUntilAnotherIsOldEnough() {
    var connected = connectedByWindow();
    var kid = parsed(connected.text("access_token")).getHeader().getKeyID();
    assertThat(published()).hasSize(3);

    var answer = send(Map.of("command", COMMAND));

    assertThat(answer)
        .containsEntry("outcome", "done")
        .containsEntry("effectiveBy", local.clock().instant().plus(A_MINUTE).toString());
    assertThat(changes(answer))
        .hasSize(5)
        .contains("Window key %s of 2036-03-03 is dropped and published no more.".formatted(kid))
        .anyMatch(change -> change.contains(" of 2036-03-05 "))
        .anyMatch(change -> change.contains("until 2036-03-03T12:02:00Z"));
    assertThat(published()).hasSize(1);
    assertThat(introspected(connected.text("access_token"))).containsEntry("active", false);

    local.clock().advance(A_MINUTE);
    var refreshed = grants.refresh(connected.text("refresh_token")).to(tokens);
    assertThat(refreshed.status()).as("refresh tokens work on").isEqualTo(200);
    assertThat(algorithm(refreshed.text("access_token"))).isEqualTo("RS256");
    local.clock().advance(TWO_DAYS);
    assertThat(algorithms(grants.connect(tokens))).containsExactly("ES256", "RS256");
    assertThat(published()).extracting(key -> key.getKeyID()).doesNotContain(kid);
  }

  @Test
  void oneOfThemGoesByItsKid() {
    var token = connectedByWindow().text("access_token");
    var kid = parsed(token).getHeader().getKeyID();

    var answer = send(Map.of("command", COMMAND, "kid", kid));

    assertThat(changes(answer)).filteredOn(change -> change.startsWith("Window key")).hasSize(1);
    assertThat(published()).hasSize(2).extracting(key -> key.getKeyID()).doesNotContain(kid);
    assertThat(send(Map.of("command", COMMAND, "kid", kid)))
        .containsEntry("error", "unknown_key")
        .containsEntry("description", "There is no window key " + kid + ".");
  }

  @Test
  void aDryRunNamesThemAndChangesNothing() {
    connectedByWindow();
    var before = items.all();

    var answer = send(Map.of("command", COMMAND, "dryRun", true));

    assertThat(answer).containsEntry("outcome", "dry-run");
    assertThat(changes(answer)).filteredOn(change -> change.startsWith("Window key")).hasSize(2);
    assertThat(items.all()).isEqualTo(before);
  }

  /// Whatever somebody wrote there: it goes too.
  @Test
  void whatIsNoKeyIsDroppedToo() {
    connectedByWindow();
    items.add("no certificate");

    assertThat(changes(send(Map.of("command", COMMAND))))
        .filteredOn(change -> change.startsWith("Window key"))
        .hasSize(3);
    assertThat(items.all()).isEmpty();
    assertThat(send(Map.of("command", COMMAND))).containsEntry("changes", List.of());
  }

  /// Keys that are left from before the mode was switched off are dropped by a function without it.
  @Test
  void itAlsoWorksWhereTheModeIsOff() {
    connectedByWindow();
    var off = LocalWiring.over(WindowKeysOn.with(local.settings(), false), local.aws());

    var answer = OperatorCall.of(COMMAND).to(new OperatorFunction(off.wiring()));

    assertThat(answer).containsEntry("outcome", "done");
    assertThat(items.all()).isEmpty();
  }

  @Test
  void whileTheTableDoesNotAnswerItSaysSo() {
    var clients = new AwsClients(Faults.unreachable(DynamoDbClient.class), local.aws().kms());
    var down = new OperatorFunction(LocalWiring.over(local.settings(), clients).wiring());

    assertThat(OperatorCall.of(COMMAND).to(down)).containsEntry("error", "unavailable");
  }

  private Map<String, Object> send(Map<String, Object> command) {
    return OperatorCall.of(command).to(new OperatorFunction(local.another()));
  }

  private static List<String> changes(Map<String, Object> answer) {
    return ((List<?>) answer.getOrDefault("changes", List.of()))
        .stream().map(String::valueOf).toList();
  }
}
