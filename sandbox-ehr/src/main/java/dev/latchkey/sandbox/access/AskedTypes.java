package dev.latchkey.sandbox.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The resource types that an operation is asked for, by its parameter `_type`.
final class AskedTypes {
  static final String PARAMETER = "_type";

  private AskedTypes() {}

  /// In the order in which they were named; none when the parameter is absent.
  static List<String> in(Map<String, String[]> parameters) {
    return Stream.of(parameters.getOrDefault(PARAMETER, new String[0]))
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .distinct()
        .toList();
  }
}
