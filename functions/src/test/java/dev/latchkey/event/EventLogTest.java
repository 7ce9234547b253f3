package dev.latchkey.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.MutableClock;
import dev.latchkey.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventLogTest {
  private final List<String> lines = new ArrayList<>();
  private final OperatorEvents events = new EventLog(lines::add, new MutableClock());

  /// CloudWatch reads a metric from the member that `_aws` names (embedded metric format).
  @ParameterizedTest
  @EnumSource
  void isOneLineThatCountsAsAMetric(OperatorEvent.Kind kind) throws IOException {
    events.report(new OperatorEvent(kind, "app", "AQ6PkRxEAUnQv4QdgkxPtw", 7));

    assertThat(lines).singleElement().asString().doesNotContain("\n");
    var line =
        Json.readObject(
            new ByteArrayInputStream(lines.getFirst().getBytes(StandardCharsets.UTF_8)));
    assertThat(line)
        .containsEntry("event", kind.label())
        .containsEntry("client", "app")
        .containsEntry("generation", 7)
        .containsEntry(kind.label(), 1);
    assertThat(line.get("_aws"))
        .isEqualTo(
            Map.of(
                "Timestamp",
                MutableClock.START.toEpochMilli(),
                "CloudWatchMetrics",
                List.of(
                    Map.of(
                        "Namespace", "Latchkey",
                        "Dimensions", List.of(List.of()),
                        "Metrics", List.of(Map.of("Name", kind.label(), "Unit", "Count"))))));
  }

  @Test
  void showsOnlyTheBeginningOfAFamily() {
    events.report(new OperatorEvent(OperatorEvent.Kind.REUSE, "app", "AQ6PkRxEAUnQv4QdgkxPtw", 7));

    assertThat(lines.getFirst()).contains("\"AQ6PkRxE\"").doesNotContain("AQ6PkRxEA");
  }

  @Test
  void takesAnEventAboutNoFamily() {
    events.report(OperatorEvent.signFailed());

    assertThat(lines).hasSize(1);
  }

  /// Somebody who is woken up looks there.
  @ParameterizedTest
  @EnumSource
  void isExplainedToOperators(OperatorEvent.Kind kind) throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "operations.md")))
        .contains("| `" + kind.label() + "` |");
  }
}
