package dev.latchkey.conformance.check;

import java.util.List;

/// Checks that belong together and run in this order.
///
/// @param title in a few words
public record Group(String title, List<Check> checks) {
  public Group {
    checks = List.copyOf(checks);
  }
}
