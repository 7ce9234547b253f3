package dev.latchkey.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured, and the tables of it: each number is the median of the rounds.
final class Results {
  private final Map<String, List<double[]>> starts = new LinkedHashMap<>();
  private final Map<String, Map<String, List<double[]>>> answers = new LinkedHashMap<>();

  /// How one start went, in ms and MB.
  void started(String name, double init, double first, double processor, double resident) {
    starts
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(new double[] {init, first, init + first, processor, resident});
  }

  /// What one request costs a process, in ms.
  ///
  /// @param wall the median
  record Cost(double processor, double wall) {}

  /// What requests cost a process, in ms, kB and MB.
  ///
  /// @param first when it was new
  /// @param last when it had answered many
  void answered(
      String operation, String name, Cost first, Cost last, double allocated, double resident) {
    answers
        .computeIfAbsent(operation, _ -> new LinkedHashMap<>())
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(
            new double[] {
              first.processor(), first.wall(), last.processor(), last.wall(), allocated, resident
            });
  }

  void print() {
    starts().forEach(System.out::println);
    System.out.println();
    answers().forEach(System.out::println);
  }

  List<String> starts() {
    var lines = new ArrayList<String>();
    lines.add(
        "| start | init ms | first request ms | both ms | to Go, two calls | to Go, five calls"
            + " | CPU ms | resident MB |");
    lines.add("|" + " --- |".repeat(8));
    starts.forEach(
        (name, all) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %s | %s | %.0f | %.0f |",
                    name,
                    at(all, 0),
                    at(all, 1),
                    at(all, 2),
                    ratio(starts, all, Contender.TWO, 2),
                    ratio(starts, all, Contender.FIVE, 2),
                    at(all, 3),
                    at(all, 4))));
    return lines;
  }

  private List<String> answers() {
    var lines = new ArrayList<String>();
    lines.add(
        "| operation | of | at first: CPU ms | wall p50 ms | then: CPU ms | to Go, two calls"
            + " | to Go, five calls | wall p50 ms | to Go, two calls | to Go, five calls"
            + " | allocated kB | resident MB |");
    lines.add("|" + " --- |".repeat(12));
    answers.forEach(
        (operation, names) ->
            names.forEach((name, all) -> lines.add(line(operation, names, name, all))));
    return lines;
  }

  private static String line(
      String operation, Map<String, List<double[]>> names, String name, List<double[]> all) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f | %.2f | %s | %s | %.2f | %s | %s | %s | %.0f |",
        operation,
        name,
        at(all, 0),
        at(all, 1),
        at(all, 2),
        ratio(names, all, Contender.TWO, 2),
        ratio(names, all, Contender.FIVE, 2),
        at(all, 3),
        ratio(names, all, Contender.TWO, 3),
        ratio(names, all, Contender.FIVE, 3),
        Double.isNaN(at(all, 4)) ? "" : String.format(Locale.ROOT, "%.0f", at(all, 4)),
        at(all, 5));
  }

  private static String ratio(
      Map<String, List<double[]>> all, List<double[]> one, String calls, int column) {
    var go = all.get("Go, " + calls + " calls");
    return go == null ? "" : String.format(Locale.ROOT, "%.2f", at(one, column) / at(go, column));
  }

  private static double at(List<double[]> rounds, int column) {
    return median(rounds.stream().mapToDouble(one -> one[column]).toArray());
  }

  static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
