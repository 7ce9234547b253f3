package dev.latchkey.operator;

import java.util.LinkedHashMap;
import java.util.Map;

/// What an operator is told, and what is logged of it. Neither ever holds a key or a token.
///
/// @param command its name; empty when there was none that could be read
public record Report(String command, boolean dryRun, Answer answer) {
  /// The report on something that is no command.
  public static Report unreadable(String description) {
    return new Report("", false, new Answer.Refused("invalid_request", description));
  }

  /// `{"outcome": "done" or "dry-run", "changes": [...], ...}` or `{"error": ..., "description":
  /// ...}`.
  public Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    switch (answer) {
      case Answer.Done(var changes, var facts) -> {
        members.put("outcome", dryRun ? "dry-run" : "done");
        members.put("changes", changes);
        members.putAll(facts);
      }
      case Answer.Refused(var error, var description) -> {
        members.put("error", error);
        members.put("description", description);
      }
    }
    return members;
  }

  /// The log line, for those who ask later what was done.
  public Map<String, Object> logged() {
    var line = new LinkedHashMap<String, Object>();
    line.put("event", "operator");
    line.put("command", command);
    switch (answer) {
      case Answer.Done(var changes, _) -> {
        line.put("outcome", dryRun ? "dry-run" : "done");
        line.put("changes", changes);
      }
      case Answer.Refused(var error, _) -> line.put("error", error);
    }
    return line;
  }
}
