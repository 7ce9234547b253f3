package dev.latchkey.sandbox.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A line of `docs/requirements.csv`.
///
/// @param id such as `TOK-9`
/// @param level one letter, explained in the file
/// @param sentence what a server does that meets it
/// @param gap why no test shows it; empty when one does, or will
record Requirement(String id, String level, String sentence, String gap) {
  static List<Requirement> all(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\\|", -1))
        .map(cells -> new Requirement(cells[0], cells[1], cells[2], cells[3]))
        .toList();
  }
}
