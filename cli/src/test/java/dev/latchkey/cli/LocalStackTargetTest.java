package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.contract.TestClients;
import dev.latchkey.wiring.Wiring;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The commands over LocalStack's tables and keys.
@ExtendWith(LocalStack.class)
class LocalStackTargetTest {
  @Test
  void runsInThisProcessOverTheTablesAndKeysThere() {
    var settings = LocalStack.newSettings("http://localhost:8080");
    Wiring.from(settings, _ -> {}).stores().clients().put(TestClients.webApp());
    var target = LocalStackTarget.of(settings);

    var rotated =
        target.send(Map.of("command", "rotate-client-secret", "client", TestClients.WEB.value()));

    assertThat(rotated).containsEntry("outcome", "done").containsKey("client_secret");
    assertThat(target.send(Map.of("command", "list-clients")).toString())
        .contains(TestClients.WEB.value());
  }
}
