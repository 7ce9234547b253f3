package dev.latchkey.event;

import dev.latchkey.http.Json;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Events as JSON log lines that CloudWatch also counts: one metric per kind in the namespace
/// `Latchkey`, without any call (CloudWatch embedded metric format).
///
/// @param out takes one line
public record EventLog(Consumer<String> out, InstantSource clock) implements OperatorEvents {
  /// Enough of a family id to find its other lines, not enough to guess from.
  private static final int FAMILY_SHOWN = 8;

  @Override
  public void report(OperatorEvent event) {
    var line = new LinkedHashMap<String, Object>();
    line.put("event", event.kind().label());
    line.put("client", event.client());
    line.put(
        "family", event.family().substring(0, Math.min(FAMILY_SHOWN, event.family().length())));
    line.put("generation", event.generation());
    line.put(event.kind().label(), 1);
    line.put(
        "_aws",
        Map.of(
            "Timestamp",
            clock.millis(),
            "CloudWatchMetrics",
            List.of(
                Map.of(
                    "Namespace",
                    "Latchkey",
                    "Dimensions",
                    List.of(List.of()),
                    "Metrics",
                    List.of(Map.of("Name", event.kind().label(), "Unit", "Count"))))));
    out.accept(Json.write(line));
  }
}
