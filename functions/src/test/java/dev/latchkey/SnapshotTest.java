package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.events.Replay;
import dev.latchkey.events.TemplateFunctions;
import dev.latchkey.family.WrappedTokenKeys;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lambda makes a function once, takes a snapshot of its memory, and starts every copy from it. So
/// what is made before the first request holds no key, and asks nobody.
class SnapshotTest {
  private final LocalWiring local = LocalWiring.start();

  @Test
  void makingEveryFunctionCallsNothing() {
    local.calls().reset();
    var made = makeAll();

    assertThat(made).hasSameSizeAs(TemplateFunctions.read().names()).isNotEmpty();
    assertThat(local.calls().counts()).isEmpty();
  }

  @Test
  void aKeyIsReadAndUnwrappedWhenTheCopyNeedsItAndNotBefore() {
    var snapshot = local.wiring().tokenKeys();
    var elsewhere = local.aws().tokenKeys(local.settings().tokenKeyArn(), store(), local.clock());
    var made = elsewhere.current();
    elsewhere.add(local.clock().seconds());
    // A snapshot may be started weeks after it was taken.
    local.clock().advance(Duration.ofDays(20));
    local.calls().reset();

    assertThat(snapshot.find(made.id()).orElseThrow().tagKey()).isEqualTo(made.tagKey());

    assertThat(local.calls().of("query")).isEqualTo(1);
    assertThat(local.calls().of("decrypt")).as("only the key that was asked for").isEqualTo(1);
  }

  private WrappedTokenKeys store() {
    return local.wiring().stores().tokenKeys();
  }

  private List<RequestStreamHandler> makeAll() {
    return TemplateFunctions.read().names().stream()
        .map(name -> Replay.handler(name, local.wiring()))
        .toList();
  }
}
