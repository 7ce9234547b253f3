package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What operations call, as `docs/calls.csv` says: what was measured must have called just that.
final class CallsTable {
  private final Map<String, String[]> lines = new HashMap<>();

  CallsTable() throws IOException {
    for (var line : Files.readAllLines(Path.of("../docs/calls.csv"))) {
      var name =
          line.startsWith("\"")
              ? line.substring(1, line.indexOf('"', 1))
              : line.substring(0, line.indexOf(','));
      var from = line.indexOf(',', line.startsWith("\"") ? line.indexOf('"', 1) : 0) + 1;
      lines.put(name, line.substring(from).split(",", -1));
    }
  }

  /// Whether these are the calls of so many requests to one instance.
  ///
  /// @param called such as `GetItem registry=12`
  /// @param fills how often it may have called what the first request does, since it forgets what
  ///   it learned after a while; 0 for what does not call that
  boolean allows(String operation, int requests, int fills, List<String> called) {
    var least = counts(operation, requests);
    var most = new TreeMap<>(least);
    if (fills > 0) {
      calls(columns(operation)[5])
          .forEach(
              call -> {
                least.merge(call, 1, Integer::sum);
                most.merge(call, fills, Integer::sum);
              });
    }
    return called.size() == least.size()
        && called.stream()
            .map(one -> one.split("=", -1))
            .allMatch(
                one -> isBetween(least.get(one[0]), Integer.parseInt(one[1]), most.get(one[0])));
  }

  private static boolean isBetween(@Nullable Integer least, int count, @Nullable Integer most) {
    return least != null && most != null && least <= count && count <= most;
  }

  private Map<String, Integer> counts(String operation, int requests) {
    var columns = columns(operation);
    var counts = new TreeMap<String, Integer>();
    Stream.of(columns[1], columns[4])
        .flatMap(CallsTable::calls)
        .forEach(call -> counts.merge(call, requests, Integer::sum));
    return counts;
  }

  private String[] columns(String operation) {
    return Objects.requireNonNull(lines.get(operation), operation);
  }

  private static Stream<String> calls(String column) {
    return Stream.of(column.split("; ", -1)).filter(call -> !call.isEmpty());
  }
}
