package dev.latchkey.cli;

import dev.latchkey.http.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An answer for people: what changed, one line each, then what else it says, with lists as tables.
record AnswerTable(Map<String, Object> answer) {
  private static final int WIDEST = 400;

  String text() {
    var lines = new ArrayList<String>();
    if ("dry-run".equals(answer.get("outcome"))) {
      lines.add("Nothing was changed. What would happen:");
    }
    texts(answer.get("changes")).forEach(change -> lines.add(cell(change)));
    Map<String, Object> facts = new LinkedHashMap<>(answer);
    facts.remove("outcome");
    facts.remove("changes");
    addFacts(lines, facts);
    if (lines.isEmpty()) {
      lines.add("Nothing had to be changed.");
    }
    return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
  }

  private static void addFacts(List<String> lines, Map<String, Object> facts) {
    var rows = new ArrayList<List<String>>();
    facts.forEach(
        (name, value) -> {
          if (value instanceof List<?> list && isOfObjects(list)) {
            lines.addAll(table(list));
          } else if (value instanceof Map<?, ?> object) {
            lines.addAll(aligned(pairs(object)));
          } else {
            rows.add(List.of(name, cell(value)));
          }
        });
    lines.addAll(aligned(rows));
  }

  private static boolean isOfObjects(List<?> list) {
    return list.isEmpty() || list.getFirst() instanceof Map<?, ?>;
  }

  private static List<String> table(List<?> list) {
    if (list.isEmpty()) {
      return List.of("There is none.");
    }
    var columns = new LinkedHashSet<String>();
    list.forEach(entry -> ((Map<?, ?>) entry).keySet().forEach(key -> columns.add(cell(key))));
    var rows = new ArrayList<List<String>>();
    rows.add(List.copyOf(columns));
    for (var entry : list) {
      rows.add(columns.stream().map(column -> cell(((Map<?, ?>) entry).get(column))).toList());
    }
    return aligned(rows);
  }

  private static List<List<String>> pairs(Map<?, ?> object) {
    return object.entrySet().stream()
        .map(entry -> List.of(cell(entry.getKey()), cell(entry.getValue())))
        .toList();
  }

  private static List<String> aligned(List<List<String>> rows) {
    var lines = new ArrayList<String>();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        var width = widest(rows, column);
        line.append(row.get(column)).repeat(" ", width - row.get(column).length() + 2);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static int widest(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  /// One line without control characters: names of apps are texts of strangers, and a terminal
  /// obeys some characters.
  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> list -> list.stream().map(AnswerTable::cell).collect(Collectors.joining(", "));
      case Map<?, ?> object ->
          object.entrySet().stream()
              .map(entry -> cell(entry.getKey()) + " " + cell(entry.getValue()))
              .collect(Collectors.joining(" "));
      default -> PlainText.line(String.valueOf(value), WIDEST);
    };
  }

  private static List<?> texts(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
