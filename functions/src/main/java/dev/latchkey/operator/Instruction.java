package dev.latchkey.operator;

/// A command as it was sent.
///
/// @param name as in the request, such as `rotate-token-key`
/// @param dryRun say what would happen and change nothing
record Instruction(String name, Command command, boolean dryRun) {}
