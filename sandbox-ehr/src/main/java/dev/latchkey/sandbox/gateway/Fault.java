package dev.latchkey.sandbox.gateway;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A fault for the log: where it happened and never what was said, since a message may quote a
/// token, a secret or a patient's data.
record Fault(@Nullable Throwable thrown) {
  @Override
  public String toString() {
    var text = new StringJoiner("\n");
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      text.add((text.length() == 0 ? "" : "caused by ") + cause.getClass().getName());
      for (var frame : cause.getStackTrace()) {
        text.add("    at " + frame);
      }
    }
    return text.toString();
  }
}
