package dev.latchkey.conformance.check;

import java.util.List;

/// Checks that belong together and run in this order.
///
/// @param title in a few words
/// @param kit the groups of the regulator's Inferno test kits that check the same
public record Group(String title, String kit, List<Check> checks) {
  public Group {
    checks = List.copyOf(checks);
  }

  @Override
  public String toString() {
    return "%s (Inferno: %s)".formatted(title, kit);
  }
}
