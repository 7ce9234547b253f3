package dev.latchkey.conformance.check;

import dev.latchkey.conformance.app.Server;
import java.util.List;
import java.util.stream.Stream;

/// Checks that belong together and run in this order.
///
/// @param title in a few words
/// @param kit the groups of the regulator's Inferno test kits that check the same
public record Group(String title, String kit, List<Check> checks) {
  public Group {
    checks = List.copyOf(checks);
  }

  /// Runs them, one after the other, as the stream is read.
  public Stream<Result> run(Server server) {
    return checks.stream().map(check -> new Result(this, check, check.run(server)));
  }

  @Override
  public String toString() {
    return "%s (Inferno: %s)".formatted(title, kit);
  }
}
