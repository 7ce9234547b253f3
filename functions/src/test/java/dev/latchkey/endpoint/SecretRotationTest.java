package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.events.LambdaContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// An operator gives an app another secret while its server still has the last one.
class SecretRotationTest {
  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestClients.webApp());
  private final TokenFunction tokens = new TokenFunction(local.wiring());
  private final OperatorFunction operator = new OperatorFunction(local.wiring());
  private final LambdaContext log = new LambdaContext();

  @Test
  void reg5_bothSecretsWorkForADayAndThenTheNewOneAlone() {
    var second = rotate(TestClients.WEB.value(), null);

    assertThat(works(TestClients.WEB_SECRET)).isTrue();
    assertThat(works(second)).isTrue();
    local.clock().advance(Duration.ofHours(24));
    assertThat(works(TestClients.WEB_SECRET)).isFalse();
    assertThat(works(second)).isTrue();
  }

  @Test
  void theOverlapCanBeLeftOut() {
    var second = rotate(TestClients.WEB.value(), 0);

    assertThat(works(TestClients.WEB_SECRET)).isFalse();
    assertThat(works(second)).isTrue();
  }

  @Test
  void aThirdSecretEndsTheFirst() {
    var second = rotate(TestClients.WEB.value(), 1000);
    local.clock().advance(Duration.ofSeconds(1));
    var third = rotate(TestClients.WEB.value(), 1000);

    assertThat(works(TestClients.WEB_SECRET)).isFalse();
    assertThat(works(second)).isTrue();
    assertThat(works(third)).isTrue();
  }

  @Test
  void aLaterRotationDoesNotLetTheLastOneLiveLonger() {
    var second = rotate(TestClients.WEB.value(), 24);
    var third = rotate(TestClients.WEB.value(), 1);

    local.clock().advance(Duration.ofHours(1));

    assertThat(works(second)).isFalse();
    assertThat(works(third)).isTrue();
  }

  @Test
  void eachSecretIsAnother256BitsAndInNoLog() {
    var second = rotate(TestClients.WEB.value(), null);
    var third = rotate(TestClients.WEB.value(), null);

    assertThat(second).hasSize(43).isNotEqualTo(third);
    assertThat(log.lines()).hasSize(2).allSatisfy(line -> assertThat(line).contains("new secret"));
    assertThat(log.lines().toString()).doesNotContain(second, third);
  }

  @Test
  void anAppWithoutASecretGetsNone() {
    var answer =
        OperatorCall.of(
                Map.of("command", "rotate-client-secret", "client", TestClients.NATIVE.value()))
            .to(operator);

    assertThat(answer).containsEntry("error", "no_secret");
  }

  private String rotate(String client, @Nullable Integer overlapHours) {
    var request = new HashMap<String, Object>();
    request.put("command", "rotate-client-secret");
    request.put("client", client);
    if (overlapHours != null) {
      request.put("overlapHours", overlapHours);
    }
    var answer = OperatorCall.of(request).to(operator, log);
    assertThat(answer).containsEntry("outcome", "done").containsEntry("client_id", client);
    return String.valueOf(answer.get("client_secret"));
  }

  /// Whether the token endpoint takes the app for itself; it has no grant to show.
  private boolean works(String secret) {
    var answer =
        Call.post("/token")
            .header("authorization", Grants.basic(TestClients.WEB.value(), secret))
            .with("grant_type", "refresh_token")
            .with("refresh_token", "none")
            .to(tokens);
    assertThat(answer.text("error")).isIn("invalid_client", "invalid_grant");
    return answer.text("error").equals("invalid_grant");
  }
}
