package dev.latchkey.cli;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// A command that can be typed, which sends one of the operator's commands.
interface Leaf {
  /// As it is typed.
  String name();

  /// One sentence for the help.
  String description();

  /// Adds what only this command takes.
  void addTo(CommandSpec spec);

  /// What is sent, without `dryRun`.
  Map<String, Object> request(ParseResult typed);
}
